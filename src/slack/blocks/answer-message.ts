import type { Answer, Block } from '../../domain/answer.ts'
import { escapeWithin, truncateText, unescapeMrkdwn } from '../../narration/escape-mrkdwn.ts'
import { SLACK_LIMITS } from '../../narration/slack-limits.ts'
import { ACTIONS } from '../ids.ts'
import { actions, type ButtonSpec, type Message } from '../message.ts'

/** `thread`: all can see and vote. `one`: an ephemeral answer, which its reader may share. */
export type Audience = 'thread' | 'one'

const MOST_FOLLOW_UPS = 3

/** An answer's own blocks, and under them the buttons that lead on from it. `answerId` names the stored answer. */
export function answerMessage(answer: Answer, answerId: string, audience: Audience): Message {
  const footer = [
    ...actions('answer_actions', answerButtons(answer, answerId, audience)),
    ...actions('answer_follow_ups', followUpButtons(answer, answerId)),
    ...(audience === 'thread' ? [feedbackBlock(answerId)] : []),
  ]
  return {
    // Escaped already; undone and done again, so that no escape is cut in two.
    text: escapeWithin(unescapeMrkdwn(answer.text), SLACK_LIMITS.sectionText),
    blocks: [...answer.blocks.slice(0, SLACK_LIMITS.blocksInMessage - footer.length - 1), ...footer],
  }
}

function answerButtons(answer: Answer, answerId: string, audience: Audience): ButtonSpec[] {
  const buttons: ButtonSpec[] = []
  if (audience === 'one') {
    buttons.push({ label: 'Share to channel', actionId: ACTIONS.share, value: answerId, style: 'primary' })
  }
  if (answer.citations.length > 0) {
    buttons.push({ label: 'Show traces', actionId: ACTIONS.showTraces, value: answerId })
  }
  if (answer.findings.length > 0) {
    buttons.push({ label: 'Explain further', actionId: ACTIONS.explainFurther, value: answerId })
  }
  if (answer.citations.some((citation) => citation.kind === 'work_item' || citation.kind === 'trace')) {
    buttons.push({ label: 'Record override', actionId: ACTIONS.openOverrideForm, value: answerId })
  }
  return buttons
}

function followUpButtons(answer: Answer, answerId: string): ButtonSpec[] {
  return answer.followUps.slice(0, MOST_FOLLOW_UPS).map((question, index) => ({
    label: truncateText(question, SLACK_LIMITS.buttonText),
    actionId: `${ACTIONS.askFollowUp}${index}`,
    value: answerId,
  }))
}

function feedbackBlock(answerId: string): Block {
  const choice = (text: string, vote: string) => ({ text: { type: 'plain_text', text }, value: `${vote}:${answerId}` })
  return {
    type: 'context_actions',
    block_id: 'answer_feedback',
    elements: [
      {
        type: 'feedback_buttons',
        action_id: ACTIONS.feedback,
        positive_button: choice('Helpful', 'helpful'),
        negative_button: choice('Not helpful', 'not_helpful'),
      },
    ],
  }
}
