import { Problem } from '../domain/problem.ts'
import type { SlackLog } from './dependencies.ts'
import { faultMessage } from './fault-message.ts'

/** What failed while a form is open, in the plain words that fit under a field: only there can it be said. */
export function fieldError(error: unknown, doing: string, log: SlackLog): string {
  const { text } = faultMessage(error, doing, log)
  if (!(error instanceof Problem)) return text
  return `${error.message}${error.nextStep ? ` ${error.nextStep}` : ''}`.slice(0, 2000)
}
