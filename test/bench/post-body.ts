import { Agent, request } from 'node:http'

export interface Posted {
  status: number
  /** Of the answer's body. */
  bytes: number
  /** Seconds; 1 where the server does not say. */
  retryAfter: number
}

/**
 * Sends bodies over connections that are kept, with as little work as Node allows: the sender shares the server's
 * processors, and `fetch` took a quarter of what the server itself took.
 */
export function createPoster(url: string, headers: Record<string, string>): (body: Buffer) => Promise<Posted> {
  const agent = new Agent({ keepAlive: true })
  return (body) =>
    new Promise((resolve, reject) => {
      const sending = request(
        url,
        { agent, method: 'POST', headers: { ...headers, 'content-length': body.length } },
        (reply) => {
          let bytes = 0
          reply.on('data', (chunk: Buffer) => {
            bytes += chunk.length
          })
          reply.once('error', reject)
          reply.once('end', () =>
            resolve({ status: reply.statusCode!, bytes, retryAfter: Number(reply.headers['retry-after'] ?? 1) }),
          )
        },
      )
      sending.once('error', reject)
      sending.end(body)
    })
}
