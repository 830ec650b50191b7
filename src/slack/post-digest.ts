import { randomUUID } from 'node:crypto'
import type { WebClient } from '@slack/web-api'
import type { Digest } from '../digest/compose-digest.ts'
import { dateIn } from '../domain/period.ts'
import { formatDay } from '../narration/format-dates.ts'
import { insertSlackAnswer, placeSlackAnswer } from '../store/queries/slack-answers.ts'
import { asRefusal } from './as-refusal.ts'
import { answerMessage } from './blocks/answer-message.ts'
import type { SlackDependencies } from './dependencies.ts'
import { digestAsAnswer } from './requests/show-digest.ts'
import { postMessage } from './send-message.ts'

/**
 * Posts a digest to a channel, with its buttons, and gives the message's ts. That it is posted once is the caller's claim: a Problem means that Slack
 * refused it, so that nothing stands there; any other error leaves that open.
 */
export async function postDigest(
  deps: SlackDependencies,
  client: WebClient,
  channel: string,
  digest: Digest,
): Promise<string> {
  const id = randomUUID()
  const answer = digestAsAnswer(digest)
  await insertSlackAnswer(deps.db, {
    id,
    kind: 'digest',
    channel,
    threadTs: null,
    messageTs: null,
    askedBy: null,
    question: `Digest of the week of ${formatDay(digest.week, dateIn(deps.clock(), 'UTC'))}`,
    answer,
    createdAt: deps.clock(),
  })
  const message = { channel, ...answerMessage(answer, id, 'thread') }
  const ts = await postMessage(client, message, deps.log).catch((error: unknown) => {
    throw asRefusal(error, 'the digest', channel)
  })
  await placeSlackAnswer(deps.db, id, { channel, threadTs: ts, messageTs: ts })
  return ts
}
