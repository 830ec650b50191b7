import { randomBytes } from 'node:crypto'
import { Problem } from '../domain/problem.ts'
import { escapeWithin } from '../narration/escape-mrkdwn.ts'
import type { SlackLog } from './dependencies.ts'
import { context, type Message, section } from './message.ts'

/** What a person is told when something failed: what is wrong and the next step; the details go to the log. */
export function faultMessage(error: unknown, doing: string, log: SlackLog): Message {
  if (error instanceof Problem) {
    log.info({ code: error.code, doing }, error.message)
    const text = escapeWithin(error.message, 1500)
    return { text, blocks: [section(text), ...(error.nextStep ? [context(escapeWithin(error.nextStep, 1500))] : [])] }
  }
  const reference = randomBytes(4).toString('hex')
  log.error({ err: error, doing, reference }, 'A Slack request failed')
  const text = `I could not ${doing}: something failed on my side.`
  return {
    text,
    blocks: [
      section(text),
      context(`Try again in a minute. If it stays, give your administrator the reference ${reference}.`),
    ],
  }
}
