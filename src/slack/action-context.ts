import type { BlockAction } from '@slack/bolt'
import type { Block } from '../domain/answer.ts'
import { faultView } from './blocks/fault-view.ts'
import { type Conversation, privateConversation, threadConversation } from './conversation.ts'
import type { BlockActionArgs, SlackDependencies } from './dependencies.ts'
import { faultMessage } from './fault-message.ts'
import { type Message, section } from './message.ts'
import { openForm } from './open-form.ts'

/** Where a click happened, and how to answer it there. */
export interface Click {
  body: BlockAction
  value: string
  user: string
  channel: string
  /** Null for an ephemeral message and in views: there is no message that everybody sees. */
  messageTs: string | null
  threadTs: string | null
  messageText: string
  messageBlocks: Block[]
  conversation: Conversation
  tell(message: Message): Promise<void>
}

/**
 * Makes a listener for a button. Acknowledges at once; whatever fails is said to the person who clicked, and to nobody else.
 */
export function onClick(
  deps: SlackDependencies,
  doing: string,
  handle: (click: Click, args: BlockActionArgs) => Promise<void>,
): (args: BlockActionArgs) => Promise<void> {
  return async (args) => {
    await args.ack()
    const click = describeClick(deps, args)
    try {
      await handle(click, args)
    } catch (error) {
      await click.tell(faultMessage(error, doing, deps.log))
    }
  }
}

function describeClick({ log }: SlackDependencies, args: BlockActionArgs): Click {
  const { body, client, respond } = args
  const user = body.user.id
  const channel = body.channel?.id ?? ''
  const container = body.container as { is_ephemeral?: boolean; thread_ts?: string; message_ts?: string }
  const messageTs = container.is_ephemeral ? null : (body.message?.ts ?? null)
  const isReply = Boolean(container.thread_ts ?? body.message?.thread_ts)
  const threadTs = container.thread_ts ?? (body.message?.thread_ts as string | undefined) ?? messageTs
  const open: Conversation['openForm'] = (build, title) => openForm(client, body.trigger_id, { title, build }, log)
  const direct = channel.startsWith('D')
  const conversation =
    messageTs === null || threadTs === null
      ? privateConversation(respond, { channel, user, openForm: open }, log)
      : { ...threadConversation(client, { channel, threadTs, user, direct, inChannel: !isReply }, log), openForm: open }
  const action = body.actions[0] as { value?: string } | undefined
  return {
    body,
    value: action?.value ?? '',
    user,
    channel,
    messageTs,
    threadTs,
    messageText: String(body.message?.text ?? ''),
    messageBlocks: (body.message?.blocks ?? []) as Block[],
    conversation,
    tell: async (message) => {
      if (channel === '') {
        // A click on the Home tab: there is no conversation to answer in, so a modal says it.
        await client.views.open({ trigger_id: body.trigger_id, view: faultView('Docket', message) as never })
      } else await conversation.tell(message)
    },
  }
}

/** What a click on something that is no longer there gets. */
export const STALE: Message = {
  text: 'This answer is no longer kept, so its buttons have nothing to work on. Ask again and use the new ones.',
  blocks: [
    section('This answer is no longer kept, so its buttons have nothing to work on. Ask again and use the new ones.'),
  ],
}
