import { findSlackAnswer } from '../../../store/queries/slack-answers.ts'
import { onClick, STALE } from '../../action-context.ts'
import { showTraces } from '../../blocks/show-traces.ts'
import type { SlackDependencies } from '../../dependencies.ts'
import { markButtonUsed } from '../../mark-button-used.ts'

export const onShowTraces = (deps: SlackDependencies) =>
  onClick(deps, 'show the traces', async (click, args) => {
    const stored = await findSlackAnswer(deps.db, click.value)
    if (!stored) return click.tell(STALE)
    await click.conversation.say(showTraces(stored.answer, deps.baseUrl))
    await markButtonUsed(deps, args, click, 'looked at the traces')
  })
