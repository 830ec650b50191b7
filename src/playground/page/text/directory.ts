import type { State } from '../types.ts'

/** Names of people and channels, for mentions. */
export interface Directory {
  nameOf(userId: string): string
  channelName(id: string): string
}

export function directoryOf(state: State): Directory {
  return {
    nameOf: (id) =>
      id === state.bot.id ? state.bot.name : (state.users.find((user) => user.id === id)?.realName ?? id),
    channelName: (id) => state.channels.find((channel) => channel.id === id)?.name ?? id,
  }
}
