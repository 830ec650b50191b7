import type { PlaygroundMessage } from '../../store/queries/playground-messages.ts'
import { SlackRefusal } from '../slack-refusal.ts'
import { validateMessage } from '../validation/validate-message.ts'
import { BOT, isChannel, maySee, USERS } from '../workspace.ts'
import { type Arguments, requireArgument } from './arguments.ts'
import type { Method, WebApiContext } from './context.ts'

export const chatMethods: Record<string, Method> = {
  'chat.postMessage': async (context, args) => {
    const channel = channelOf(args)
    const message = contentOf(args)
    const threadTs = await threadOf(context, args, channel)
    const posted = await context.store.add({ channel, threadTs, user: BOT.userId, ephemeralTo: null, message })
    clearStatus(context, channel, threadTs)
    return { channel, ts: posted.ts, message: slackMessage(posted) }
  },
  'chat.postEphemeral': async (context, args) => {
    const channel = channelOf(args)
    const user = requireArgument(args, 'user')
    if (!USERS.some((known) => known.id === user) || !maySee(user, channel))
      throw new SlackRefusal('user_not_in_channel')
    const message = contentOf(args)
    const threadTs = await threadOf(context, args, channel)
    const posted = await context.store.add({ channel, threadTs, user: BOT.userId, ephemeralTo: user, message })
    clearStatus(context, channel, threadTs)
    return { message_ts: posted.ts }
  },
  'chat.update': async (context, args) => {
    const channel = channelOf(args)
    const ts = requireArgument(args, 'ts')
    const found = await ownMessage(context, channel, ts)
    const message = contentOf(args)
    await context.store.change(channel, ts, { ...found.message, ...message, edited: true })
    return { channel, ts, text: message.text }
  },
  'chat.delete': async (context, args) => {
    const channel = channelOf(args)
    const ts = requireArgument(args, 'ts')
    await ownMessage(context, channel, ts)
    await context.store.remove(channel, ts)
    return { channel, ts }
  },
  'chat.getPermalink': async (context, args) => {
    const channel = channelOf(args)
    const ts = requireArgument(args, 'message_ts')
    if (!(await context.store.find(channel, ts))) throw new SlackRefusal('message_not_found')
    return { channel, permalink: `https://playground.invalid/archives/${channel}/p${ts.replace('.', '')}` }
  },
}

/** A stored message in the form in which Slack hands messages to apps. */
export function slackMessage(stored: PlaygroundMessage): Record<string, unknown> {
  const { text, blocks, files } = stored.message
  return {
    type: 'message',
    user: stored.user,
    ts: stored.ts,
    text,
    ...(blocks ? { blocks } : {}),
    ...(files ? { files } : {}),
    ...(stored.threadTs ? { thread_ts: stored.threadTs } : {}),
    ...(stored.user === BOT.userId ? { bot_id: BOT.botId, app_id: BOT.appId } : {}),
  }
}

/** Text and blocks, refused where Slack would refuse them; blocks get the ids that they lack, as Slack does it. */
export function contentOf(args: Arguments): { text: string; blocks?: unknown } {
  validateMessage(args)
  const blocks = args.blocks as Record<string, unknown>[] | undefined
  if (!blocks || blocks.length === 0) return { text: args.text as string }
  return { text: args.text as string, blocks: blocks.map((block, index) => ({ block_id: `b${index}`, ...block })) }
}

function channelOf(args: Arguments): string {
  const channel = requireArgument(args, 'channel')
  if (!isChannel(channel)) throw new SlackRefusal('channel_not_found')
  return channel
}

async function threadOf(context: WebApiContext, args: Arguments, channel: string): Promise<string | null> {
  if (typeof args.thread_ts !== 'string' || args.thread_ts === '') return null
  const root = await context.store.find(channel, args.thread_ts)
  if (!root) throw new SlackRefusal('thread_not_found')
  return root.threadTs ?? root.ts
}

async function ownMessage(context: WebApiContext, channel: string, ts: string): Promise<PlaygroundMessage> {
  const found = await context.store.find(channel, ts)
  if (!found || found.ephemeralTo !== null) throw new SlackRefusal('message_not_found')
  if (found.user !== BOT.userId) throw new SlackRefusal('cant_update_message')
  return found
}

/** Slack takes the status away when the app speaks. */
function clearStatus({ session, onChange }: WebApiContext, channel: string, threadTs: string | null): void {
  if (session.statuses.delete(`${channel}:${threadTs}`)) onChange()
}
