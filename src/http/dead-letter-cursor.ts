import { z } from 'zod'
import type { DeadLetterPlace } from '../store/queries/dead-letters.ts'

const CURSOR = /^(\d{1,15})\.(\d{1,10}|-)\.([0-9a-f]{1,128})$/

/** The end of the year 9999: Postgres reads no longer years. */
const LATEST = Date.UTC(10_000, 0, 1) - 1

/** The place of a letter as a word that a link can carry: its time in milliseconds, its member, its id. */
export function cursorOf({ recordedAt, memberIndex, id }: DeadLetterPlace): string {
  return `${recordedAt.getTime()}.${memberIndex ?? '-'}.${id}`
}

/** Which refusals are asked for, and where the list goes on: `after` is what an earlier answer gave as `next`. */
export const DeadLetterQuery = z.object({
  source: z.string().min(1).max(255).optional(),
  after: z
    .string()
    .regex(CURSOR, { error: 'expected what an earlier answer gave as next' })
    .transform((cursor): DeadLetterPlace => {
      const [, time, index, id] = CURSOR.exec(cursor)!
      return {
        recordedAt: new Date(Math.min(Number(time), LATEST)),
        memberIndex: index === '-' ? null : Math.min(Number(index), 2_147_483_647),
        id: id!,
      }
    })
    .optional(),
  limit: z.coerce.number().int().min(1).max(1000).optional(),
})
