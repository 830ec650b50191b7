import type { PlaygroundReceiver } from '../receiver.ts'
import { SlackRefusal } from '../slack-refusal.ts'
import type { WebApiContext } from '../web-api/context.ts'
import { BOT, TEAM, USERS } from '../workspace.ts'

export interface InteractionContext extends WebApiContext {
  receiver: PlaygroundReceiver
}

/** Members that every payload to an app carries. */
export const ENVELOPE = {
  token: 'playground',
  api_app_id: BOT.appId,
  is_enterprise_install: false,
  enterprise: null,
} as const

export function teamOf() {
  return { id: TEAM.id, domain: 'playground' }
}

export function userOf(id: string) {
  const user = USERS.find((known) => known.id === id)
  if (!user) throw new SlackRefusal('user_not_found')
  return { id: user.id, name: user.name, username: user.name, team_id: TEAM.id }
}
