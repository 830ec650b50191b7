import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface ChatRequest {
  model: string
  messages: { role: string; content: string }[]
  response_format?: { type: string }
}

export interface ChatAnswer {
  status: number
  content?: string
  /** Never answers. */
  hang?: boolean
}

export interface ChatEndpoint {
  url: string
  /** What it was asked, in order. */
  requests: { path: string; authorization: string | undefined; body: ChatRequest }[]
  /** What it says to a request, the first of which is number 1. */
  answer: (attempt: number, request: ChatRequest) => ChatAnswer
  close(): Promise<void>
}

/** An OpenAI-compatible chat endpoint on a free port. */
export async function startChatEndpoint(): Promise<ChatEndpoint> {
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    const asked = JSON.parse(body) as ChatRequest
    endpoint.requests.push({ path: request.url ?? '', authorization: request.headers.authorization, body: asked })
    const { status, content, hang } = endpoint.answer(endpoint.requests.length, asked)
    if (hang) return
    response.writeHead(status, { 'content-type': 'application/json' })
    const message = { role: 'assistant', content }
    response.end(
      JSON.stringify(
        status === 200 ? { choices: [{ index: 0, message, finish_reason: 'stop' }] } : { error: { message: 'busy' } },
      ),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const endpoint: ChatEndpoint = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests: [],
    answer: () => ({ status: 200, content: 'hello' }),
    close: async () => {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
  return endpoint
}
