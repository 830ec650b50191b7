import type { AllMiddlewareArgs, SlackEventMiddlewareArgs } from '@slack/bolt'
import type { SlackDependencies } from '../../dependencies.ts'
import { parseCommand } from '../../parse-command.ts'
import { plainQuestion } from '../../plain-question.ts'
import { runInThread } from '../../requests/run-in-thread.ts'

/** `@Docket QUESTION`, answered in the thread of the message or in the one that it begins. */
export const onMention =
  (deps: SlackDependencies) =>
  async ({ event, client, context }: AllMiddlewareArgs & SlackEventMiddlewareArgs<'app_mention'>) => {
    if (!event.user || event.bot_id) return
    const place = {
      channel: event.channel,
      threadTs: event.thread_ts ?? event.ts,
      ts: event.ts,
      user: event.user,
      direct: false,
      addressed: true,
    }
    await runInThread(deps, client, place, parseCommand(plainQuestion(event.text, context.botUserId)))
  }
