import { recordFeedback } from '../../../store/queries/record-feedback.ts'
import { findSlackAnswer } from '../../../store/queries/slack-answers.ts'
import { onClick, STALE } from '../../action-context.ts'
import type { SlackDependencies } from '../../dependencies.ts'
import { section } from '../../message.ts'

/** Everybody may vote, each once; a second vote of the same person replaces the first. */
export const onFeedback = (deps: SlackDependencies) =>
  onClick(deps, 'record your vote', async (click) => {
    const [vote, answerId = ''] = click.value.split(':')
    const stored = await findSlackAnswer(deps.db, answerId)
    if (!stored || (vote !== 'helpful' && vote !== 'not_helpful')) return click.tell(STALE)
    const votes = await recordFeedback(deps.db, {
      messageId: answerId,
      user: click.user,
      helpful: vote === 'helpful',
      recordedAt: deps.clock(),
    })
    const thanks =
      vote === 'helpful'
        ? 'Noted as helpful.'
        : 'Noted as not helpful. Tell me in the thread what was missing, and I will try again.'
    const text = `${thanks} So far: ${votes.helpful} helpful, ${votes.notHelpful} not.`
    await click.tell({ text, blocks: [section(text)] })
  })
