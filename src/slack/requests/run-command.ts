import type { AllMiddlewareArgs, SlackCommandMiddlewareArgs } from '@slack/bolt'
import { privateConversation } from '../conversation.ts'
import type { SlackDependencies } from '../dependencies.ts'
import { faultMessage } from '../fault-message.ts'
import { openForm } from '../open-form.ts'
import type { Request } from '../parse-command.ts'
import { runRequest } from './run-request.ts'

/** Acknowledges a slash command at once and answers it for the person who typed it. */
export async function runCommand(
  deps: SlackDependencies,
  { ack, client, command, respond }: AllMiddlewareArgs & SlackCommandMiddlewareArgs,
  request: Request,
): Promise<void> {
  await ack()
  const conversation = privateConversation(
    respond,
    {
      channel: command.channel_id,
      user: command.user_id,
      openForm: (build, title) => openForm(client, command.trigger_id, { title, build }, deps.log),
    },
    deps.log,
  )
  try {
    await runRequest(deps, client, conversation, request, `slack-${command.trigger_id}`)
  } catch (error) {
    await conversation.tell(faultMessage(error, `do ${command.command} ${request.name}`, deps.log))
  }
}
