import { connect, type Socket } from 'node:net'

/** The part of the driver's options that says where the server is: hosts and their ports side by side, or a Unix socket. */
interface Address {
  host: string[]
  port: number[]
  path?: string | false
}

/**
 * Makes the driver's sockets, each of which sends what is written at once. Left to itself, the system keeps a small
 * packet back until the one before is acknowledged, which Linux puts off for 40 ms: several times in each COPY.
 * Where there are several hosts, each socket goes to the next in turn.
 */
export function createSocketOpener(): (address: Address) => Socket {
  let opened = 0
  return ({ host, port, path }) => {
    if (path) return connect({ path })
    const place = opened++ % host.length
    const socket = connect({ host: host[place]!, port: port[place]!, noDelay: true })
    // What the driver shows in its errors, and the name that a certificate is held to.
    return Object.assign(socket, { host: host[place], port: port[place] })
  }
}
