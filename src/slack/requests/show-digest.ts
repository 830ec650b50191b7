import { randomUUID } from 'node:crypto'
import type { Digest } from '../../digest/compose-digest.ts'
import type { Answer } from '../../domain/answer.ts'
import { addDays, dateIn, startOfWeek } from '../../domain/period.ts'
import { Problem } from '../../domain/problem.ts'
import { formatDay } from '../../narration/format-dates.ts'
import { insertSlackAnswer, placeSlackAnswer } from '../../store/queries/slack-answers.ts'
import { answerMessage } from '../blocks/answer-message.ts'
import type { Conversation } from '../conversation.ts'
import type { SlackDependencies } from '../dependencies.ts'

/** Shows a week's digest where it was asked for. `week` is any day of it, or empty for the last whole week. */
export async function showDigest(deps: SlackDependencies, conversation: Conversation, week: string): Promise<void> {
  if (week !== '' && !(/^\d{4}-\d{2}-\d{2}$/.test(week) && !Number.isNaN(Date.parse(week)))) {
    throw new Problem('bad_week', `“${week}” is not a day.`, { nextStep: 'For example: /docket digest 2026-11-09' })
  }
  await conversation.working('is adding up the week…', ['Adding up the week', 'Comparing with the week before'])
  const digest = await deps.services.composeDigest(week === '' ? undefined : startOfWeek(week))
  const id = randomUUID()
  await insertSlackAnswer(deps.db, {
    id,
    kind: 'digest',
    channel: conversation.channel,
    threadTs: conversation.threadTs,
    messageTs: null,
    askedBy: conversation.user,
    question: `Digest of the week of ${formatDay(digest.week, dateIn(deps.clock(), 'UTC'))}`,
    answer: digestAsAnswer(digest),
    createdAt: deps.clock(),
  })
  const messageTs = await conversation.say(answerMessage(digestAsAnswer(digest), id, conversation.audience))
  await placeSlackAnswer(deps.db, id, { channel: conversation.channel, threadTs: conversation.threadTs, messageTs })
}

/** A digest is shown, shared, voted on and explained as an answer is. */
export function digestAsAnswer(digest: Digest): Answer {
  return {
    text: digest.text,
    plan: { analysis: 'spend', period: { from: digest.week, to: addDays(digest.week, 7) } },
    findings: digest.findings,
    citations: digest.citations,
    blocks: digest.blocks,
    narratedBy: 'template',
    followUps: [],
  }
}
