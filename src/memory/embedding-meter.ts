import { Problem } from '../domain/problem.ts'
import type { EmbeddingMeter } from '../llm/embedder.ts'
import type { Db } from '../store/client.ts'
import {
  correctEmbeddingTokens,
  pauseEmbedding,
  readEmbeddingSpend,
  takeEmbeddingTokens,
} from '../store/queries/embedding-spend.ts'

export interface MeterOptions {
  /** Tokens of a UTC day, over all processes; null: no limit. */
  tokensPerDay: number | null
  clock: () => Date
  /** Called when the day's budget is first found spent. */
  onSpent?: (day: string) => void
}

/** Of a day's budget, the share that is kept for questions: indexing many entries must not leave them without vectors. */
const FOR_QUESTIONS = 0.1

/** Keeps embedding within a day's budget and lets the endpoint rest when it asks to, over all processes of one database. */
export function createEmbeddingMeter(db: Db, { tokensPerDay, clock, onSpent }: MeterOptions): EmbeddingMeter {
  let toldOf: string | null = null
  return {
    take: async (tokens, use) => {
      const now = clock()
      const day = dayOf(now)
      const { pausedUntil } = await readEmbeddingSpend(db, day)
      if (pausedUntil && pausedUntil > now) {
        throw new Problem(
          'embedding_paused',
          `The embedding endpoint asked to wait until ${pausedUntil.toISOString()}.`,
        )
      }
      const most =
        tokensPerDay === null
          ? null
          : Math.floor(use === 'question' ? tokensPerDay : tokensPerDay * (1 - FOR_QUESTIONS))
      if (!(await takeEmbeddingTokens(db, { day, tokens, most }))) {
        if (toldOf !== day) onSpent?.(day)
        toldOf = day
        throw new Problem(
          'embedding_budget_spent',
          `The budget of ${tokensPerDay} tokens for embeddings on ${day} (UTC) is spent.`,
          {
            nextStep: 'Search goes on by words until tomorrow; or raise EMBEDDING_BUDGET_TOKENS_PER_DAY.',
          },
        )
      }
      return { correct: (used) => correctEmbeddingTokens(db, day, used - tokens) }
    },
    pause: (seconds) => pauseEmbedding(db, new Date(clock().getTime() + seconds * 1000)),
  }
}

/** The UTC day that a budget is counted by. */
export function dayOf(at: Date): string {
  return at.toISOString().slice(0, 10)
}

/** Whether a fault means no more than that embedding has to wait. */
export function mustWait(error: unknown): error is Problem {
  return error instanceof Problem && (error.code === 'embedding_budget_spent' || error.code === 'embedding_paused')
}
