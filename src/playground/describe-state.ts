import type { PlaygroundMessage } from '../store/queries/playground-messages.ts'
import type { Session } from './session.ts'
import type { Refusal } from './web-api/create-web-api.ts'
import { BOT, CHANNELS, directChannelOf, maySee, USERS } from './workspace.ts'

export interface PlaygroundCommand {
  command: string
  description: string
  usageHint: string
}

export interface PlaygroundShortcut {
  callbackId: string
  name: string
}

const SHOWN_EACH = 300

/** Everything that one person's page shows. Never another person's ephemeral or direct messages. */
export function describeState(
  user: string,
  messages: PlaygroundMessage[],
  session: Session,
  offers: { commands: PlaygroundCommand[]; shortcuts: PlaygroundShortcut[]; refusals: Refusal[] },
) {
  const direct = directChannelOf(user)
  const visible = messages.filter(
    (message) => maySee(user, message.channel) && (message.ephemeralTo === null || message.ephemeralTo === user),
  )
  const channelIds = [...CHANNELS.map((channel) => channel.id), direct]
  return {
    me: user,
    bot: { id: BOT.userId, name: BOT.realName },
    users: USERS,
    channels: CHANNELS,
    direct,
    messages: channelIds.flatMap((channel) =>
      visible.filter((message) => message.channel === channel).slice(-SHOWN_EACH),
    ),
    views: (session.views.get(user) ?? []).map(({ id, view }) => ({ id, view })),
    home: session.homes.get(user) ?? null,
    statuses: [...session.statuses.values()].filter((status) => maySee(user, status.channel)),
    prompts: session.prompts.get(direct) ?? null,
    ...offers,
  }
}
