import { z } from 'zod'

/** What the database can hold in the form that ISO 8601 gives it: the years 1 to 9999 in UTC. */
const EARLIEST = Date.parse('0001-01-01T00:00:00Z')
const LATEST = Date.parse('9999-12-31T23:59:59.999Z')

/** An ISO 8601 instant with a zone (`Z` or an offset), read as a Date. */
export const Timestamp = z.iso
  .datetime({ offset: true, error: 'expected an ISO 8601 time with a zone, such as 2026-11-17T09:12:03Z' })
  .transform((text) => new Date(text))
  .refine((instant) => instant.getTime() >= EARLIEST && instant.getTime() <= LATEST, {
    error: 'expected a time in the years 1 to 9999',
  })

const A_DAY = /^\d{4}-\d{2}-\d{2}$/

/** An instant as a question names it: as above, or a day alone, which is its beginning (UTC). */
export const Instant = z.preprocess(
  (given) => (typeof given === 'string' && A_DAY.test(given) ? `${given}T00:00:00Z` : given),
  Timestamp,
)
