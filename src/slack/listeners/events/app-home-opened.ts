import type { AllMiddlewareArgs, SlackEventMiddlewareArgs } from '@slack/bolt'
import { EXAMPLE_QUESTIONS } from '../../blocks/help.ts'
import type { SlackDependencies } from '../../dependencies.ts'
import { publishHome } from '../../publish-home.ts'

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
    await publishHome(deps, client, event.user)
  }
