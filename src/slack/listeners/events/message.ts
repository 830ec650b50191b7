import type { AllMiddlewareArgs, SlackEventMiddlewareArgs } from '@slack/bolt'
import { findAnswerInThread } from '../../../store/queries/slack-answers.ts'
import type { SlackDependencies } from '../../dependencies.ts'
import { parseCommand } from '../../parse-command.ts'
import { mentionsSomebodyElse, plainQuestion } from '../../plain-question.ts'
import { runInThread } from '../../requests/run-in-thread.ts'

/** Kinds of message that are a person's words; edits, joins, bots and the like are not. */
const SPOKEN = new Set([undefined, 'file_share', 'thread_broadcast'])

interface SpokenMessage {
  subtype?: string
  bot_id?: string
  user?: string
  text?: string
  ts: string
  thread_ts?: string
  channel: string
  channel_type?: string
}

/** Direct messages, and follow-ups without a mention in threads that Docket has answered in. */
export const onMessage =
  (deps: SlackDependencies) =>
  async ({ event, client, context }: AllMiddlewareArgs & SlackEventMiddlewareArgs<'message'>) => {
    const message = event as SpokenMessage
    if (!SPOKEN.has(message.subtype) || message.bot_id || !message.user || !message.text) return
    const { channel, user, ts, thread_ts: threadTs, text } = message
    const request = parseCommand(plainQuestion(text, context.botUserId))
    if (message.channel_type === 'im') {
      const place = { channel, threadTs: threadTs ?? ts, ts, user, direct: true, addressed: true }
      return runInThread(deps, client, place, request)
    }
    // With a mention it arrives as app_mention as well, and is answered there.
    if (!threadTs || text.includes(`<@${context.botUserId}`) || mentionsSomebodyElse(text, context.botUserId)) return
    if (!(await findAnswerInThread(deps.db, channel, threadTs))) return
    await runInThread(deps, client, { channel, threadTs, ts, user, direct: false, addressed: false }, request)
  }
