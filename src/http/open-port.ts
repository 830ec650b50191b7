import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { Problem } from '../domain/problem.ts'

export type RequestHandler = (request: IncomingMessage, response: ServerResponse) => void

/**
 * Listens before the database is open, so that a first start can say what it is doing. `setHandler` swaps what answers.
 * Throws a Problem where the port is taken or not allowed.
 */
export async function openPort(host: string, port: number, first: RequestHandler) {
  let handler = first
  const server = createServer((request, response) => handler(request, response))
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: Error & { code?: string }) => reject(portProblem(error, host, port)))
    server.listen(port, host, resolve)
  })
  const address = server.address()
  return {
    server: server as Server,
    port: typeof address === 'object' && address ? address.port : port,
    setHandler: (next: RequestHandler) => {
      handler = next
    },
  }
}

function portProblem(error: Error & { code?: string }, host: string, port: number): Problem {
  if (error.code === 'EADDRINUSE') {
    return new Problem('port_taken', `Port ${port} on ${host} is taken by another program.`, {
      nextStep: `Stop it, or start Docket on another port: PORT=${port + 1} npm start`,
      cause: error,
    })
  }
  return new Problem('cannot_listen', `Cannot listen on ${host}:${port}: ${error.message}.`, {
    nextStep: 'Check HOST and PORT.',
    cause: error,
  })
}
