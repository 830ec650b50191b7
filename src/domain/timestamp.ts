import { z } from 'zod'

/** An ISO 8601 instant with a zone (`Z` or an offset), read as a Date. */
export const Timestamp = z.iso
  .datetime({ offset: true, error: 'expected an ISO 8601 time with a zone, such as 2026-11-17T09:12:03Z' })
  .transform((text) => new Date(text))
