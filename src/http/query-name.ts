import { z } from 'zod'

/** A name in a query, such as a workflow's: left out, or 1 to 255 characters without control characters. */
export const QueryName = z
  .string()
  .trim()
  .min(1)
  .max(255)
  .regex(/^\P{Cc}*$/u, { error: 'expected no control characters' })
  .optional()
