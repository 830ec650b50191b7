import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface EmbeddingEndpoint {
  url: string
  /** Every call, in order: its texts, its model and when it came (milliseconds). */
  calls: { texts: string[]; model: string; at: number }[]
  /** How the next calls are refused, one each; then it answers again. */
  refusals: { status: number; headers?: Record<string, string> }[]
  close(): void
}

/**
 * An OpenAI-compatible embeddings endpoint on a free port. `vectorOf` gives a text's vector; `tokensOf` what it says that a
 * text took (0: it does not count).
 */
export async function startEmbeddingEndpoint(options: {
  vectorOf: (text: string, model: string) => number[]
  tokensOf?: (text: string) => number
}): Promise<EmbeddingEndpoint> {
  const calls: EmbeddingEndpoint['calls'] = []
  const refusals: EmbeddingEndpoint['refusals'] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    const { input, model } = JSON.parse(body) as { input: string[]; model: string }
    calls.push({ texts: input, model, at: performance.now() })
    response.setHeader('content-type', 'application/json')
    const refusal = refusals.shift()
    if (refusal) {
      response.writeHead(refusal.status, refusal.headers).end('{"error":{"message":"not now"}}')
      return
    }
    const data = input.map((text, index) => ({ object: 'embedding', index, embedding: options.vectorOf(text, model) }))
    const tokens = input.reduce((sum, text) => sum + (options.tokensOf?.(text) ?? 0), 0)
    // Another order than asked: the index says which is which.
    const usage = { prompt_tokens: tokens, total_tokens: tokens }
    response.end(JSON.stringify({ object: 'list', model, data: data.reverse(), usage }))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}/v1`, calls, refusals, close: () => server.close() }
}
