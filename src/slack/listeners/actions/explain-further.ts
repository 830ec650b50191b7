import { dateIn } from '../../../domain/period.ts'
import { findSlackAnswer } from '../../../store/queries/slack-answers.ts'
import { onClick, STALE } from '../../action-context.ts'
import { explainFurther } from '../../blocks/explain-further.ts'
import type { SlackDependencies } from '../../dependencies.ts'
import { markButtonUsed } from '../../mark-button-used.ts'

export const onExplainFurther = (deps: SlackDependencies) =>
  onClick(deps, 'explain the answer', async (click, args) => {
    const stored = await findSlackAnswer(deps.db, click.value)
    if (!stored) return click.tell(STALE)
    await click.conversation.say(explainFurther(stored.answer, dateIn(deps.clock(), 'UTC')))
    await markButtonUsed(deps, args, click, 'asked for the details')
  })
