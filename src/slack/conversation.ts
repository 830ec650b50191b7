import type { RespondFn } from '@slack/bolt'
import type { WebClient } from '@slack/web-api'
import type { Audience } from './blocks/answer-message.ts'
import type { ModalView } from './blocks/loading-view.ts'
import type { SlackLog } from './dependencies.ts'
import type { Message } from './message.ts'
import { postMessage, respondWith } from './send-message.ts'

/** Where a request came from and how to answer it there: the same requests serve commands, mentions and clicks. */
export interface Conversation {
  user: string
  channel: string
  /** The thread that answers stand in; null where only one person sees them. */
  threadTs: string | null
  audience: Audience
  /** Posts a result; the message's ts, or null where only one person saw it. */
  say(message: Message): Promise<string | null>
  /** Says something to the person alone: errors, confirmations. */
  tell(message: Message): Promise<void>
  /** Says that work is going on. Never fails: a missing status is no reason to miss the answer. */
  working(status: string, messages: string[]): Promise<void>
  /** Opens a modal, where the request came with a trigger. */
  openForm: ((build: () => Promise<ModalView>, title: string) => Promise<void>) | null
}

/**
 * A thread that everybody in the channel sees. In a direct message there is nobody to hide from: `tell` posts there.
 * `inChannel`: the person looks at the channel and not at the thread, so what only they see is said there.
 */
export function threadConversation(
  client: WebClient,
  place: { channel: string; threadTs: string; user: string; direct: boolean; inChannel?: boolean },
  log: SlackLog,
): Conversation {
  const { channel, threadTs, user, direct } = place
  const toldIn = place.inChannel ? {} : { thread_ts: threadTs }
  const say = (message: Message) => postMessage(client, { channel, thread_ts: threadTs, ...message }, log)
  return {
    user,
    channel,
    threadTs,
    audience: 'thread',
    say,
    tell: async (message) => {
      if (direct) await say(message)
      else await client.chat.postEphemeral({ channel, user, ...toldIn, ...message })
    },
    working: async (status, messages) => {
      try {
        await client.assistant.threads.setStatus({
          channel_id: channel,
          thread_ts: threadTs,
          status,
          ...(messages.length > 0 ? { loading_messages: messages } : {}),
        })
      } catch (error) {
        log.warn({ err: error, channel }, 'Could not show a status in Slack')
      }
    },
    openForm: null,
  }
}

/** Answers that only the person who typed the command, or clicked, sees. */
export function privateConversation(
  respond: RespondFn,
  place: { channel: string; user: string; openForm: Conversation['openForm'] },
  log: SlackLog,
): Conversation {
  const send = async (message: Message) => {
    await respondWith(respond, { ...message, response_type: 'ephemeral', replace_original: false }, log)
  }
  return {
    user: place.user,
    channel: place.channel,
    threadTs: null,
    audience: 'one',
    say: async (message) => {
      await send(message)
      return null
    },
    tell: send,
    working: async (status) => send({ text: `Docket ${status}`, blocks: [] }),
    openForm: place.openForm,
  }
}
