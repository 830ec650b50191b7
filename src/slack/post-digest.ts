import { randomUUID } from 'node:crypto'
import type { WebClient } from '@slack/web-api'
import { dateIn } from '../domain/period.ts'
import { formatDay } from '../narration/format-dates.ts'
import { insertSlackAnswer, placeSlackAnswer } from '../store/queries/slack-answers.ts'
import { answerMessage } from './blocks/answer-message.ts'
import type { SlackDependencies } from './dependencies.ts'
import { digestAsAnswer } from './requests/show-digest.ts'
import { postMessage } from './send-message.ts'
import type { DigestMessage } from './services.ts'

/** Posts a digest to a channel, with its buttons, and gives the message's ts. That it is posted once is the caller's claim. */
export async function postDigest(
  deps: SlackDependencies,
  client: WebClient,
  channel: string,
  digest: DigestMessage,
): Promise<string | null> {
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
  const ts = await postMessage(client, { channel, ...answerMessage(answer, id, 'thread') }, deps.log)
  await placeSlackAnswer(deps.db, id, { channel, threadTs: ts, messageTs: ts })
  return ts
}
