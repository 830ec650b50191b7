import { randomUUID } from 'node:crypto'
import type { WebClient } from '@slack/web-api'
import type { Report } from '../domain/finding.ts'
import { escapeWithin, mrkdwnDate } from '../narration/escape-mrkdwn.ts'
import { insertSlackAnswer, placeSlackAnswer, type StoredAnswer } from '../store/queries/slack-answers.ts'
import type { SlackDependencies } from './dependencies.ts'
import { context, section } from './message.ts'
import { postMessage } from './send-message.ts'

/** Tells a thread that late data changes an answer in it, and keeps what it told as the thread's newest answer. */
export async function postRevision(
  { db, clock, log }: SlackDependencies,
  client: WebClient,
  stored: StoredAnswer,
  said: readonly string[],
  report: Report,
): Promise<void> {
  const id = randomUUID()
  const { channel, threadTs, question } = stored
  const given = mrkdwnDate(stored.createdAt, '{date_short_pretty} at {time}', stored.createdAt.toISOString())
  const headline = 'Data that came late changes this answer.'
  const text = [headline, ...said].join(' ')
  const message = {
    ...{ channel, thread_ts: threadTs!, text: escapeWithin(text, 3000) },
    blocks: [
      section(`*${headline}* ${escapeWithin(said.join(' '), 2500)}`),
      context(`It was given ${given} to “${escapeWithin(question, 300)}”. Ask again to see the whole of it.`),
    ],
  }
  await insertSlackAnswer(db, {
    ...{ id, kind: 'answer', channel, threadTs: null, messageTs: null, askedBy: stored.askedBy, question },
    answer: {
      ...{ text, plan: stored.answer.plan, findings: report.findings, citations: report.citations },
      ...{ blocks: message.blocks, narratedBy: 'template', followUps: [question] },
    },
    createdAt: clock(),
  })
  const ts = await postMessage(client, message, log)
  await placeSlackAnswer(db, id, { channel, threadTs, messageTs: ts })
}
