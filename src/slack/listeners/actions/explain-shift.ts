import { findShiftNotice } from '../../../store/queries/shift-notices.ts'
import { onClick, STALE } from '../../action-context.ts'
import type { SlackDependencies } from '../../dependencies.ts'
import { markButtonUsed } from '../../mark-button-used.ts'
import { answerQuestion } from '../../requests/answer-question.ts'

/** Answers a notice's own question in its thread. */
export const onExplainShift = (deps: SlackDependencies) =>
  onClick(deps, 'explain the shift', async (click, args) => {
    const notice = await findShiftNotice(deps.db, click.value)
    if (!notice) return click.tell(STALE)
    // Before the answer, so that nobody else asks the same meanwhile.
    await markButtonUsed(deps, args, click, 'asked for the explanation')
    await answerQuestion(deps, click.conversation, notice.question)
  })
