import type { ZodType } from 'zod'
import { sayIssue } from '../domain/say-issue.ts'
import { isTooDeep, storable } from '../ingest/storable.ts'
import { HttpError } from './http-error.ts'

/** Parses a body or a query of Docket's own calls. Throws a 400 that names the first bad place and every other. */
export function parseOrRefuse<Output>(schema: ZodType<Output>, input: unknown, nextStep: string): Output {
  const parsed = schema.safeParse(input)
  if (parsed.success) return parsed.data
  const problems = parsed.error.issues.map((issue) => ({ path: issue.path.join('.'), message: sayIssue(issue) }))
  const message = problems.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join('; ')
  throw new HttpError(400, 'bad_request', message, nextStep, problems[0]?.path || undefined)
}

/** The same of what is stored as it is, settings for example: every text in it made fit to be stored. */
export function parseStorable<Output>(schema: ZodType<Output>, input: unknown, nextStep: string): Output {
  // What nests too deep to be walked is left to the schema.
  return parseOrRefuse(schema, isTooDeep(input) ? input : storable(input), nextStep)
}
