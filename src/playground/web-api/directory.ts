import { SLACK_LIMITS } from '../../narration/slack-limits.ts'
import { SlackRefusal } from '../slack-refusal.ts'
import { BOT, CHANNELS, directChannelOf, isChannel, TEAM, USERS } from '../workspace.ts'
import { requireArgument } from './arguments.ts'
import { slackMessage } from './chat.ts'
import type { Method } from './context.ts'

/** Who and where: people, channels, the app itself, and what the agent view shows. */
export const directoryMethods: Record<string, Method> = {
  'auth.test': async () => ({
    url: 'https://playground.invalid/',
    team: TEAM.name,
    team_id: TEAM.id,
    user: BOT.name,
    user_id: BOT.userId,
    bot_id: BOT.botId,
  }),
  'users.info': async (_context, args) => {
    const id = requireArgument(args, 'user')
    const user = USERS.find((known) => known.id === id)
    if (user) {
      return {
        user: {
          id,
          name: user.name,
          real_name: user.realName,
          tz: 'Etc/UTC',
          deleted: false,
          is_bot: false,
          is_admin: user.isAdmin,
          is_restricted: false,
          is_ultra_restricted: false,
          profile: { real_name: user.realName, display_name: user.realName, title: user.title },
        },
      }
    }
    if (id === BOT.userId)
      return {
        user: { id, name: BOT.name, real_name: BOT.realName, is_bot: true, profile: { display_name: BOT.realName } },
      }
    throw new SlackRefusal('user_not_found')
  },
  'conversations.list': async () => ({
    channels: CHANNELS.map(describeChannel),
    response_metadata: { next_cursor: '' },
  }),
  'conversations.info': async (_context, args) => {
    const id = requireArgument(args, 'channel')
    const channel = CHANNELS.find((known) => known.id === id)
    if (channel) return { channel: describeChannel(channel) }
    if (isChannel(id)) return { channel: { id, is_im: true } }
    throw new SlackRefusal('channel_not_found')
  },
  'conversations.open': async (_context, args) => {
    const user = requireArgument(args, 'users')
    if (!USERS.some((known) => known.id === user)) throw new SlackRefusal('user_not_found')
    return { channel: { id: directChannelOf(user) } }
  },
  'conversations.replies': async ({ store }, args) => {
    const channel = requireArgument(args, 'channel')
    const ts = requireArgument(args, 'ts')
    const messages = (await store.list()).filter(
      (message) =>
        message.channel === channel && message.ephemeralTo === null && (message.ts === ts || message.threadTs === ts),
    )
    if (messages.length === 0) throw new SlackRefusal('thread_not_found')
    return { messages: messages.map(slackMessage), has_more: false }
  },
  'conversations.history': async ({ store }, args) => {
    const channel = requireArgument(args, 'channel')
    if (!isChannel(channel)) throw new SlackRefusal('channel_not_found')
    const messages = (await store.list()).filter(
      (message) => message.channel === channel && message.ephemeralTo === null && message.threadTs === null,
    )
    return { messages: messages.reverse().map(slackMessage), has_more: false }
  },
  'assistant.threads.setStatus': async ({ session, onChange }, args) => {
    const channel = requireArgument(args, 'channel_id')
    const threadTs = requireArgument(args, 'thread_ts')
    if (!isChannel(channel)) throw new SlackRefusal('channel_not_found')
    const messages = (args.loading_messages ?? []) as string[]
    if (messages.length > SLACK_LIMITS.loadingMessages)
      throw new SlackRefusal('invalid_arguments', ['[ERROR] too many loading_messages'])
    const key = `${channel}:${threadTs}`
    if (typeof args.status === 'string' && args.status !== '')
      session.statuses.set(key, { channel, threadTs, status: args.status, messages })
    else session.statuses.delete(key)
    onChange()
    return {}
  },
  'assistant.threads.setSuggestedPrompts': async ({ session, onChange }, args) => {
    const channel = requireArgument(args, 'channel_id')
    const prompts = (args.prompts ?? []) as { title: string; message: string }[]
    if (!isChannel(channel)) throw new SlackRefusal('channel_not_found')
    if (prompts.length === 0 || prompts.length > SLACK_LIMITS.suggestedPrompts) {
      throw new SlackRefusal('invalid_arguments', [`[ERROR] from 1 to ${SLACK_LIMITS.suggestedPrompts} prompts`])
    }
    session.prompts.set(channel, { title: String(args.title ?? ''), prompts })
    onChange()
    return {}
  },
}

function describeChannel(channel: (typeof CHANNELS)[number]) {
  return {
    id: channel.id,
    name: channel.name,
    is_channel: true,
    is_member: true,
    is_archived: false,
    topic: { value: channel.topic },
  }
}
