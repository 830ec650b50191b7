import { randomUUID } from 'node:crypto'
import { insertSlackAnswer, placeSlackAnswer } from '../../store/queries/slack-answers.ts'
import { answerMessage } from '../blocks/answer-message.ts'
import type { Conversation } from '../conversation.ts'
import type { SlackDependencies } from '../dependencies.ts'

const LOADING = ['Reading the question', 'Adding up the facts', 'Checking every figure']

/**
 * Answers a question where it was asked. `onlyIfUnderstood` is for thread messages that do not mention Docket: talk
 * between people stays theirs.
 */
export async function answerQuestion(
  { db, services, clock }: SlackDependencies,
  conversation: Conversation,
  question: string,
  onlyIfUnderstood = false,
): Promise<void> {
  const { channel, threadTs, user } = conversation
  if (!onlyIfUnderstood) await conversation.working('is working on it…', LOADING)
  const threadId = threadTs === null ? null : `${channel}:${threadTs}`
  const answer = await services.ask({ question: question.slice(0, 4000), threadId, user })
  if (onlyIfUnderstood && answer.plan.analysis === 'help') return
  const id = randomUUID()
  // Stored first: a button must never be there before what it needs.
  await insertSlackAnswer(db, {
    id,
    kind: 'answer',
    channel,
    threadTs,
    messageTs: null,
    askedBy: user,
    question,
    answer,
    createdAt: clock(),
  })
  const messageTs = await conversation.say(answerMessage(answer, id, conversation.audience))
  await placeSlackAnswer(db, id, { channel, threadTs, messageTs })
}
