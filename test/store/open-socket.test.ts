import { once } from 'node:events'
import { mkdtemp } from 'node:fs/promises'
import { createServer, type Server, Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test, vi } from 'vitest'
import { createSocketOpener } from '../../src/store/open-socket.ts'

const servers: Server[] = []
afterEach(async () => {
  vi.restoreAllMocks()
  await Promise.all(servers.splice(0).map((server) => new Promise((done) => server.close(done))))
})

test('what is written is sent at once', async () => {
  const setNoDelay = vi.spyOn(Socket.prototype, 'setNoDelay')
  const port = await listen(0)
  const socket = createSocketOpener()({ host: ['127.0.0.1'], port: [port] })
  await once(socket, 'connect')
  // Node applies the option by itself when it connects, so the call is made by us or by it: either way the flag is kept.
  const kept = Object.getOwnPropertySymbols(socket).find((symbol) => symbol.description === 'kSetNoDelay')
  expect((socket as unknown as Record<symbol, boolean>)[kept!] || setNoDelay.mock.calls.length > 0).toBe(true)
  socket.destroy()
})

test('each of several hosts has its turn', async () => {
  const ports = [await listen(0), await listen(0)]
  const open = createSocketOpener()
  const reached: number[] = []
  for (let turn = 0; turn < 3; turn++) {
    const socket = open({ host: ['127.0.0.1', '127.0.0.1'], port: ports })
    await once(socket, 'connect')
    reached.push(socket.remotePort!)
    socket.destroy()
  }
  expect(reached).toEqual([ports[0], ports[1], ports[0]])
})

test('a Unix socket is taken where there is one', async () => {
  const path = join(await mkdtemp(join(tmpdir(), 'docket-socket-')), 'server')
  await listen(path)
  const socket = createSocketOpener()({ host: ['nowhere.invalid'], port: [1], path })
  await once(socket, 'connect')
  expect(socket.remotePort).toBeUndefined()
  socket.destroy()
})

async function listen(where: number | string): Promise<number> {
  const server = createServer((socket) => socket.on('error', () => {})).listen(where)
  servers.push(server)
  await once(server, 'listening')
  const address = server.address()
  return typeof address === 'object' && address ? address.port : 0
}
