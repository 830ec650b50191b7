import { randomUUID } from 'node:crypto'
import type { WebClient } from '@slack/web-api'
import type { Answer } from '../domain/answer.ts'
import type { ShiftNotice } from '../domain/shift.ts'
import { insertSlackAnswer, placeSlackAnswer } from '../store/queries/slack-answers.ts'
import { asRefusal } from './as-refusal.ts'
import { shiftMessage } from './blocks/shift-message.ts'
import type { SlackDependencies } from './dependencies.ts'
import { postMessage } from './send-message.ts'

/** Posts a notice of a shift and gives its ts. That it is posted once is the caller's claim; a Problem means that Slack refused it. */
export async function postShift(
  deps: SlackDependencies,
  client: WebClient,
  channel: string,
  notice: ShiftNotice,
  answer: Answer,
  timeZone: string,
): Promise<string> {
  const id = randomUUID()
  // Kept as an answer is, so that what people say in its thread follows up on it.
  await insertSlackAnswer(deps.db, {
    ...{ id, kind: 'answer', channel, threadTs: null, messageTs: null, askedBy: null },
    ...{ question: notice.question, answer, createdAt: deps.clock() },
  })
  const message = { channel, ...shiftMessage(notice, answer, deps.clock(), timeZone) }
  const ts = await postMessage(client, message, deps.log).catch((error: unknown) => {
    throw asRefusal(error, `the notice about ${notice.workflow}`, channel)
  })
  await placeSlackAnswer(deps.db, id, { channel, threadTs: ts, messageTs: ts })
  return ts
}
