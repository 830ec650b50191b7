import type { AllMiddlewareArgs, SlackEventMiddlewareArgs } from '@slack/bolt'
import { dateIn } from '../../../domain/period.ts'
import { EXAMPLE_QUESTIONS } from '../../blocks/help.ts'
import { homeView } from '../../blocks/home-view.ts'
import type { SlackDependencies } from '../../dependencies.ts'

/** The Home tab shows the workflows; the messages tab (the agent view) gets prompts to begin with. */
export const onAppHomeOpened =
  (deps: SlackDependencies) =>
  async ({ event, client }: AllMiddlewareArgs & SlackEventMiddlewareArgs<'app_home_opened'>) => {
    if (event.tab === 'messages') {
      await client.assistant.threads.setSuggestedPrompts({
        channel_id: event.channel,
        title: 'What would you like to know?',
        prompts: EXAMPLE_QUESTIONS.map((question) => ({ title: question, message: question })),
      })
      return
    }
    const view = homeView(await deps.services.listWorkflows(), dateIn(deps.clock(), 'UTC'))
    await client.views.publish({ user_id: event.user, view: view as never })
  }
