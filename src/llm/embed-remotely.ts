import OpenAI from 'openai'
import { Problem } from '../domain/problem.ts'
import { type Embedder, toUnitLength } from './embedder.ts'

export interface RemoteEmbedderOptions {
  model: string
  /** Width of the model's vectors. At most 4,000: what Postgres can index. */
  dimensions: number
  apiKey: string
  baseUrl?: string | undefined
  /** Texts a call. */
  batchSize?: number
  timeoutMilliseconds?: number
}

/** Beyond this a text is cut: embedding models refuse more than about 8,000 tokens. */
const LONGEST_TEXT = 20_000
const MAX_RETRIES = 4

/**
 * Any OpenAI-compatible embeddings endpoint, in batches; the client repeats what fails in passing (429, 5xx, broken
 * connections) with growing pauses. Throws a Problem where the endpoint stays unreachable or answers with another width.
 */
export function createRemoteEmbedder(options: RemoteEmbedderOptions): Embedder {
  const client = new OpenAI({
    apiKey: options.apiKey,
    baseURL: options.baseUrl,
    maxRetries: MAX_RETRIES,
    timeout: options.timeoutMilliseconds ?? 30_000,
  })
  const { model, dimensions } = options
  const batchSize = options.batchSize ?? 128
  return {
    model,
    dimensions,
    lexical: false,
    embed: async (texts) => {
      const vectors: number[][] = []
      for (let start = 0; start < texts.length; start += batchSize) {
        vectors.push(...(await embedBatch(client, model, dimensions, texts.slice(start, start + batchSize))))
      }
      return vectors
    },
  }
}

async function embedBatch(
  client: OpenAI,
  model: string,
  dimensions: number,
  texts: readonly string[],
): Promise<number[][]> {
  // An empty text is an error to most endpoints.
  const input = texts.map((text) => text.slice(0, LONGEST_TEXT) || ' ')
  const answer = await client.embeddings.create({ model, input, encoding_format: 'float' }).catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new Problem('embedding_failed', `The embedding model "${model}" did not answer: ${reason}`, {
      nextStep: 'Check OPENAI_BASE_URL, OPENAI_API_KEY and EMBEDDING_MODEL. Search goes on with words alone.',
      cause,
    })
  })
  const vectors = new Array<number[]>(texts.length)
  for (const { index, embedding } of answer.data) vectors[index] = embedding
  for (const vector of vectors) {
    if (vector?.length !== dimensions) {
      throw new Problem(
        'embedding_width',
        `The embedding model "${model}" gave vectors of ${vector?.length ?? 0} numbers; ${dimensions} were expected.`,
      )
    }
  }
  return vectors.map(toUnitLength)
}
