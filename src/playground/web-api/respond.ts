import { SlackRefusal } from '../slack-refusal.ts'
import { BOT } from '../workspace.ts'
import { chatMethods, contentOf } from './chat.ts'
import type { WebApiContext } from './context.ts'

const MOST_USES = 5

/** A call to a response URL: five within half an hour, ephemeral unless said otherwise. */
export async function respondTo(context: WebApiContext, id: string, body: Record<string, unknown>): Promise<void> {
  const target = context.session.responseUrls.get(id)
  if (!target) throw new SlackRefusal('invalid_url')
  target.uses++
  if (target.uses > MOST_USES || context.clock().getTime() > target.expiresAt) throw new SlackRefusal('used_url')
  const { channel, user, messageTs } = target
  const original = messageTs === null ? null : await context.store.find(channel, messageTs)
  if (body.delete_original === true) {
    if (original) await context.store.remove(channel, original.ts)
    return
  }
  const message = contentOf(body)
  // A click replaces the message that it came from unless told not to; a command has none.
  if (original && body.replace_original !== false && body.response_type !== 'in_channel') {
    await context.store.change(channel, original.ts, { ...message, edited: original.ephemeralTo === null })
    return
  }
  if (body.response_type === 'in_channel') {
    await chatMethods['chat.postMessage']!(context, { channel, ...message })
    return
  }
  await context.store.add({ channel, threadTs: target.threadTs, user: BOT.userId, ephemeralTo: user, message })
}
