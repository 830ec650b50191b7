import type { WebClient } from '@slack/web-api'
import { dateIn } from '../domain/period.ts'
import { homeView } from './blocks/home-view.ts'
import type { SlackDependencies } from './dependencies.ts'

/** Draws a person's Home tab. */
export async function publishHome(deps: SlackDependencies, client: WebClient, user: string): Promise<void> {
  const view = homeView(await deps.services.listWorkflows(), dateIn(deps.clock(), 'UTC'))
  await client.views.publish({ user_id: user, view: view as never })
}
