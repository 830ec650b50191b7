import OpenAI from 'openai'
import { Problem } from '../domain/problem.ts'
import { type Embedder, type EmbeddingMeter, type EmbeddingUse, toUnitLength } from './embedder.ts'
import { fetchPatiently, secondsToWait } from './fetch-patiently.ts'

export interface RemoteEmbedderOptions {
  model: string
  /** Width of the model's vectors. At most 4,000: what Postgres can index. */
  dimensions: number
  apiKey: string
  baseUrl?: string | undefined
  /** Texts a call. */
  batchSize?: number
  meter?: EmbeddingMeter
  onUnavailable?: (problem: Error) => void
}

/** Beyond this a text is cut: embedding models refuse more than about 8,000 tokens. */
const LONGEST_TEXT = 20_000
const MOST_TOKENS = 8192
/** Milliseconds of one try, and how often it is tried again: for a question a person waits. */
const PATIENCE = { entries: { timeout: 30_000, maxRetries: 4 }, question: { timeout: 4000, maxRetries: 1 } }

/**
 * Any OpenAI-compatible embeddings endpoint, in batches; the client repeats what fails in passing (429, 5xx, broken
 * connections) with growing pauses or those that the endpoint asks for; where it asks for more than a minute, the meter is told
 * and nothing asks until then. Throws a Problem where the endpoint stays unreachable or answers with another width.
 */
export function createRemoteEmbedder(options: RemoteEmbedderOptions): Embedder {
  const client = new OpenAI({ apiKey: options.apiKey, baseURL: options.baseUrl, fetch: fetchPatiently })
  const { dimensions, onUnavailable } = options
  const batchSize = options.batchSize ?? 128
  return {
    // Vectors of one model in two widths cannot be compared.
    model: `${options.model}/${dimensions}`,
    dimensions,
    lexical: false,
    onUnavailable,
    embed: async (texts, use = 'entries') => {
      const vectors: number[][] = []
      for (let start = 0; start < texts.length; start += batchSize) {
        vectors.push(...(await embedBatch(client, options, texts.slice(start, start + batchSize), use)))
      }
      return vectors
    },
  }
}

async function embedBatch(
  client: OpenAI,
  { model, dimensions, meter }: RemoteEmbedderOptions,
  texts: readonly string[],
  use: EmbeddingUse,
): Promise<number[][]> {
  // An empty text is an error to most endpoints.
  const input = texts.map((text) => text.slice(0, LONGEST_TEXT) || ' ')
  const taken = await meter?.take(
    input.map(estimateTokens).reduce((sum, tokens) => sum + tokens, 0),
    use,
  )
  const answer = await client.embeddings
    .create({ model, input, encoding_format: 'float' }, PATIENCE[use])
    .catch(async (cause: unknown) => {
      await taken?.correct(0)
      const seconds = cause instanceof OpenAI.APIError ? secondsToWait(cause.headers) : null
      if (seconds !== null) await meter?.pause(seconds)
      const reason = cause instanceof Error ? cause.message : String(cause)
      throw new Problem('embedding_failed', `The embedding model "${model}" did not answer: ${reason}`, {
        nextStep: 'Check OPENAI_BASE_URL, OPENAI_API_KEY and EMBEDDING_MODEL. Search goes on with words alone.',
        cause,
      })
    })
  // Some servers leave the count out, or say 0: then the estimate stands.
  const used = answer.usage?.total_tokens ?? 0
  if (used > 0) await taken?.correct(used)
  const vectors = new Array<number[]>(texts.length)
  for (const { index, embedding } of answer.data) vectors[index] = embedding
  for (const vector of vectors) {
    if (vector?.length !== dimensions) {
      throw new Problem(
        'embedding_width',
        `The embedding model "${model}" gave vectors of ${vector?.length ?? 0} numbers; ${dimensions} were expected.`,
        { nextStep: 'Set EMBEDDING_DIMENSIONS to the width of the model.' },
      )
    }
  }
  return vectors.map(toUnitLength)
}

/** More rather than fewer: English has about four bytes a token, other languages about three. */
function estimateTokens(text: string): number {
  return Math.min(Math.ceil(Buffer.byteLength(text) / 3), MOST_TOKENS)
}
