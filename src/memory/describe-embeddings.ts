import type { Embedder } from '../llm/embedder.ts'
import type { Db } from '../store/client.ts'
import { readEmbeddingCoverage } from '../store/queries/embedding-coverage.ts'
import { readEmbeddingSpend } from '../store/queries/embedding-spend.ts'
import { dayOf } from './embedding-meter.ts'

export interface EmbeddingState {
  model: string
  /** False while the model is filled in: search goes by words alone. */
  isFilled: boolean
  /** Entries without a vector that the budget or the endpoint made wait. */
  waiting: number
  /** On this UTC day, over all processes. */
  tokensToday: number
  tokensPerDay: number | null
  pausedUntil: Date | null
}

/** How far the vectors go, and what they took today. */
export async function describeEmbeddings(
  db: Db,
  { model, lexical }: Embedder,
  tokensPerDay: number | null,
  now: Date,
): Promise<EmbeddingState> {
  if (lexical) return { model, isFilled: true, waiting: 0, tokensToday: 0, tokensPerDay, pausedUntil: null }
  const [coverage, spend] = await Promise.all([readEmbeddingCoverage(db, model), readEmbeddingSpend(db, dayOf(now))])
  return { model, ...coverage, tokensToday: spend.tokens, tokensPerDay, pausedUntil: spend.pausedUntil }
}

/** The same in one sentence, for whoever runs Docket. */
export function sayEmbeddings(state: EmbeddingState, now: Date): string {
  const { model, isFilled, waiting, tokensToday, tokensPerDay, pausedUntil } = state
  const search = isFilled ? 'search finds them by words' : 'until all have one, search goes by words alone'
  const some = waiting > 0 ? `${waiting} entries wait for a vector of ${model}` : null
  const spent = `${tokensToday} of ${tokensPerDay} tokens of today's budget are spent`
  if (pausedUntil && pausedUntil > now) {
    return `the endpoint asked to wait until ${pausedUntil.toISOString()}; ${some ? `${some}; ` : ''}${search}`
  }
  if (some) return `${some}; ${tokensPerDay === null ? '' : `${spent}; `}${search}`
  if (!isFilled) return `vectors of ${model} are being filled in; search goes by words alone until they are`
  return `${model}${tokensPerDay === null ? '' : `; ${spent}`}`
}
