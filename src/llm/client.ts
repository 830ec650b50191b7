import OpenAI from 'openai'

export interface ModelSettings {
  /** Any OpenAI-compatible endpoint; OpenAI's own where absent. */
  baseUrl?: string | undefined
  apiKey: string
  model: string
  /** Milliseconds for one try; a person waits. */
  timeout?: number
  retries?: number
}

export interface ModelRequest {
  system: string
  user: string
  maxTokens: number
  /** Ask for one JSON object. What comes back is still only text: parse and validate it. */
  json?: boolean
}

/** A chat model as far as Docket needs one: text in, text out. Everything it returns is untrusted. */
export interface ModelClient {
  model: string
  complete(request: ModelRequest): Promise<string>
}

const TIMEOUT = 20_000

/** A client of any OpenAI-compatible chat endpoint. Throws what the endpoint refuses, after a short retry. */
export function createModelClient(settings: ModelSettings): ModelClient {
  const client = new OpenAI({
    apiKey: settings.apiKey,
    ...(settings.baseUrl && { baseURL: settings.baseUrl }),
    timeout: settings.timeout ?? TIMEOUT,
    maxRetries: settings.retries ?? 1,
  })
  return {
    model: settings.model,
    async complete({ system, user, maxTokens, json }) {
      const response = await client.chat.completions.create({
        model: settings.model,
        temperature: 0,
        max_tokens: maxTokens,
        messages: [
          { role: 'system', content: system },
          { role: 'user', content: user },
        ],
        ...(json && { response_format: { type: 'json_object' as const } }),
      })
      return response.choices[0]?.message.content ?? ''
    },
  }
}
