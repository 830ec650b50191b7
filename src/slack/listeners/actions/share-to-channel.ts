import { Problem } from '../../../domain/problem.ts'
import { escapeWithin } from '../../../narration/escape-mrkdwn.ts'
import { findSlackAnswer, placeSlackAnswer } from '../../../store/queries/slack-answers.ts'
import { onClick, STALE } from '../../action-context.ts'
import { answerMessage } from '../../blocks/answer-message.ts'
import type { SlackDependencies } from '../../dependencies.ts'
import { context, section } from '../../message.ts'
import { postMessage } from '../../send-message.ts'

/** Only who asked may share, once; the private copy then says that it was shared. */
export const onShare = (deps: SlackDependencies) =>
  onClick(deps, 'share the answer', async (click, { client, respond }) => {
    const stored = await findSlackAnswer(deps.db, click.value)
    if (!stored) return click.tell(STALE)
    if (stored.askedBy !== click.user)
      throw new Problem('not_allowed', 'Only the person who asked can share this answer.')
    if (stored.messageTs !== null) throw new Problem('already_shared', 'This answer is in the channel already.')
    const answer = answerMessage(stored.answer, stored.id, 'thread')
    const by = context(`Shared by <@${click.user}>, who asked: ${escapeWithin(stored.question, 500)}`)
    const ts = await postMessage(
      client,
      { channel: click.channel, text: answer.text, blocks: [by, ...answer.blocks].slice(0, 50) },
      deps.log,
    )
    await placeSlackAnswer(deps.db, stored.id, { channel: click.channel, threadTs: ts, messageTs: ts })
    const text = 'Shared to the channel.'
    await respond({ replace_original: true, text, blocks: [section(text)] })
  })
