import { z } from 'zod'
import type { Citation, Finding } from './finding.ts'
import { isTimeZone } from './period.ts'
import type { Plan } from './plan.ts'
import { Instant } from './timestamp.ts'

const timeZone = z.string().refine(isTimeZone, { error: 'expected an IANA time zone, such as Europe/Berlin' })

/** Text without what Postgres does not take: NUL, and halves of characters. */
const storable = (text: string) => text.replaceAll('\u0000', ' ').toWellFormed()

/** Body of `POST /api/ask`. */
export const AskRequest = z.strictObject({
  question: z.string().overwrite(storable).trim().min(1).max(4000),
  /** The question's "now"; the clock where absent. */
  asOf: Instant.nullish(),
  /** Only what had been recorded by then. */
  knownAt: Instant.nullish(),
  timezone: timeZone.nullish(),
  /** A thread remembers its last plan, so that "and by region?" has something to follow. */
  threadId: z.string().overwrite(storable).min(1).max(255).nullish(),
  user: z.string().max(255).nullish(),
})
export type AskRequest = z.infer<typeof AskRequest>

/** A Block Kit block. Slack's own types lack the newest kinds, so the shape is open; limits are kept by the builders. */
export interface Block {
  type: string
  [field: string]: unknown
}

/** What a question gets, whatever door it came through. */
export interface Answer {
  text: string
  plan: Plan
  findings: Finding[]
  citations: Citation[]
  blocks: Block[]
  narratedBy: 'template' | 'model'
  followUps: string[]
}
