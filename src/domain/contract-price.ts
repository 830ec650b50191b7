import { z } from 'zod'
import { Timestamp } from './timestamp.ts'

const perMillion = z.number().nonnegative().max(1_000_000).nullish()
const name = z.string().min(1).max(255)

/** One member of `PUT /api/prices`: dollars per million tokens from an instant to an instant (half-open). */
export const ContractPriceInput = z
  .strictObject({
    id: name.optional(),
    workflow: name.nullish(),
    provider: name.nullish(),
    model: name,
    serviceTier: name.nullish(),
    inputPerMillion: perMillion,
    cachedInputPerMillion: perMillion,
    cacheWritePerMillion: perMillion,
    outputPerMillion: perMillion,
    reasoningPerMillion: perMillion,
    validFrom: Timestamp,
    validUntil: Timestamp.nullish(),
  })
  .refine((price) => price.inputPerMillion != null || price.outputPerMillion != null, {
    message: 'give inputPerMillion, outputPerMillion, or both',
    path: ['inputPerMillion'],
  })
  .refine((price) => price.validUntil == null || price.validFrom < price.validUntil, {
    message: 'validFrom must be before validUntil',
    path: ['validUntil'],
  })
export type ContractPriceInput = z.infer<typeof ContractPriceInput>

/** What was agreed with a provider. A null workflow or provider stands for all of them; a null tier is the standard one. */
export interface ContractPrice {
  id: string
  workflow: string | null
  provider: string | null
  model: string
  serviceTier: string | null
  /** Dollars per million tokens, here and below. */
  inputPerMillion: number | null
  /** Null: as input. */
  cachedInputPerMillion: number | null
  /** Null: as input. */
  cacheWritePerMillion: number | null
  outputPerMillion: number | null
  /** Null: as output. */
  reasoningPerMillion: number | null
  validFrom: Date
  validUntil: Date | null
  recordedAt: Date
  recordedBy: string
}
