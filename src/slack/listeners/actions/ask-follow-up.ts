import { escapeWithin } from '../../../narration/escape-mrkdwn.ts'
import { findSlackAnswer } from '../../../store/queries/slack-answers.ts'
import { onClick, STALE } from '../../action-context.ts'
import type { SlackDependencies } from '../../dependencies.ts'
import { ACTIONS } from '../../ids.ts'
import { markButtonUsed } from '../../mark-button-used.ts'
import { answerQuestion } from '../../requests/answer-question.ts'

export const onAskFollowUp = (deps: SlackDependencies) =>
  onClick(deps, 'answer that', async (click, args) => {
    const stored = await findSlackAnswer(deps.db, click.value)
    const index = Number(args.body.actions[0]?.action_id.slice(ACTIONS.askFollowUp.length))
    const question = stored?.answer.followUps[index]
    if (!question) return click.tell(STALE)
    // Before the answer, so that nobody else asks the same meanwhile.
    await markButtonUsed(deps, args, click, `asked “${escapeWithin(question, 200)}”`)
    await answerQuestion(deps, click.conversation, question)
  })
