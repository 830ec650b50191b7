import type { AllMiddlewareArgs, MessageShortcut, SlackShortcutMiddlewareArgs } from '@slack/bolt'
import { decisionForm } from '../../blocks/decision-form.ts'
import type { SlackDependencies } from '../../dependencies.ts'
import { loadThread } from '../../load-thread.ts'
import { openForm } from '../../open-form.ts'
import { plainQuestion } from '../../plain-question.ts'

/** Opens the form that keeps a Slack message as a decision, with the message's own words. */
export const onSaveDecisionShortcut =
  (deps: SlackDependencies) =>
  async ({ ack, client, context, shortcut }: AllMiddlewareArgs & SlackShortcutMiddlewareArgs<MessageShortcut>) => {
    await ack()
    const { channel, message } = shortcut
    await openForm(
      client,
      shortcut.trigger_id,
      {
        title: 'Save as decision',
        build: async () => {
          const threadTs = message.thread_ts ?? message.ts
          const [workflows, permalink, thread] = await Promise.all([
            deps.services.listWorkflows(),
            client.chat.getPermalink({ channel: channel.id, message_ts: message.ts }),
            loadThread(client, { channel: channel.id, threadTs }, deps.log),
          ])
          return decisionForm(
            { channel: channel.id, ts: message.ts, threadTs, permalink: permalink.permalink ?? null },
            plainQuestion(message.text ?? '', context.botUserId),
            workflows.map((workflow) => workflow.name),
            thread.length,
          )
        },
      },
      deps.log,
    )
  }
