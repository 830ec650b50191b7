import type { WebClient } from '@slack/web-api'
import type { Message } from './message.ts'

/** Says to one person what became of a form: in the channel it was opened from, or in their direct messages. */
export function tellAboutForm(
  client: WebClient,
  user: string,
  channel: string | null,
): (message: Message) => Promise<void> {
  return async (message) => {
    if (channel === null || channel.startsWith('D')) {
      const direct = channel ?? (await client.conversations.open({ users: user })).channel?.id ?? user
      await client.chat.postMessage({ channel: direct, ...message })
    } else {
      await client.chat.postEphemeral({ channel, user, ...message })
    }
  }
}
