/** The playground's little workspace: two people, so that permissions and several voters can be tried. */
export interface PlaygroundUser {
  id: string
  name: string
  realName: string
  title: string
  /** An administrator of the workspace. */
  isAdmin: boolean
}

export interface PlaygroundChannel {
  id: string
  name: string
  topic: string
}

export const TEAM = { id: 'T0DOCKET', name: 'Docket playground' } as const

export const BOT = {
  userId: 'U0DOCKET',
  botId: 'B0DOCKET',
  appId: 'A0DOCKET',
  name: 'docket',
  realName: 'Docket',
  token: 'xoxb-playground',
} as const

export const USERS: readonly PlaygroundUser[] = [
  { id: 'U0DANA', name: 'dana', realName: 'Dana Okafor', title: 'Claims operations', isAdmin: false },
  { id: 'U0SAM', name: 'sam', realName: 'Sam Whitfield', title: 'Finance', isAdmin: true },
]

export const CHANNELS: readonly PlaygroundChannel[] = [
  { id: 'C0DIGEST', name: 'docket-digest', topic: 'What agents cost last week, and what to decide' },
  { id: 'C0CLAIMS', name: 'claims-ops', topic: 'Where the claims team works' },
]

/** The digest's channel where no other is set. */
export const DIGEST_CHANNEL = CHANNELS[0]!.id

/** Each person's direct messages with Docket. */
export function directChannelOf(userId: string): string {
  return `D${userId.slice(1)}`
}

export function userOfDirectChannel(channel: string): PlaygroundUser | null {
  return USERS.find((user) => directChannelOf(user.id) === channel) ?? null
}

export function isChannel(channel: string): boolean {
  return CHANNELS.some((known) => known.id === channel) || userOfDirectChannel(channel) !== null
}

/** Direct messages are their person's alone. */
export function maySee(userId: string, channel: string): boolean {
  return channel.startsWith('D') ? channel === directChannelOf(userId) : isChannel(channel)
}
