import type { MicroDollars } from './money.ts'

/** What came of pricing runs again: the calls whose price is another one now. Kept as JSON. */
export interface RepricingResult {
  /** Model calls whose price or whose source of it differs from before. */
  calls: number
  /** Of those, how many had no known price before, and how many have none now. */
  unknownBefore: number
  unknownNow: number
  /** What those calls cost, as far as known. */
  beforeMicros: MicroDollars
  nowMicros: MicroDollars
  /** ISO 8601. */
  finishedAt: string
}
