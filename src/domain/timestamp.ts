import { z } from 'zod'

/** An ISO 8601 instant with a zone (`Z` or an offset), read as a Date. */
export const Timestamp = z.iso
  .datetime({ offset: true, error: 'expected an ISO 8601 time with a zone, such as 2026-11-17T09:12:03Z' })
  .transform((text) => new Date(text))

const A_DAY = /^\d{4}-\d{2}-\d{2}$/

/** An instant as a question names it: as above, or a day alone, which is its beginning (UTC). */
export const Instant = z.preprocess(
  (given) => (typeof given === 'string' && A_DAY.test(given) ? `${given}T00:00:00Z` : given),
  Timestamp,
)
