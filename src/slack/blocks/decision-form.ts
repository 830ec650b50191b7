import { SLACK_LIMITS } from '../../narration/slack-limits.ts'
import { INPUTS, VIEWS } from '../ids.ts'
import { context } from '../message.ts'
import { inputBlock, selectInput, textInput } from './inputs.ts'
import type { ModalView } from './loading-view.ts'

/** The message that is being saved; kept in the form's private metadata. */
export interface DecisionSource {
  channel: string
  ts: string
  /** Of the thread that the message stands in or begins. */
  threadTs: string
  permalink: string | null
}

/** `thread` counts the messages that are kept with it. */
export function decisionForm(source: DecisionSource, text: string, workflows: string[], thread: number): ModalView {
  return {
    type: 'modal',
    callback_id: VIEWS.decision,
    title: { type: 'plain_text', text: 'Save as decision' },
    submit: { type: 'plain_text', text: 'Save' },
    close: { type: 'plain_text', text: 'Cancel' },
    private_metadata: JSON.stringify(source),
    blocks: [
      ...(thread > 1
        ? [context(`The thread’s ${thread} messages are kept with it, with their authors and times.`)]
        : []),
      inputBlock(
        INPUTS.title,
        'What was decided',
        textInput({ placeholder: 'Hail rider applies to detached garages', maxLength: 255 }),
      ),
      inputBlock(
        INPUTS.text,
        'Why, in the words of the thread',
        textInput({ initial: text, multiline: true, maxLength: SLACK_LIMITS.plainTextInput }),
      ),
      ...(workflows.length > 0
        ? [inputBlock(INPUTS.workflow, 'Workflow', selectInput(workflows, null, 'Any workflow'), { optional: true })]
        : []),
      inputBlock(INPUTS.workItem, 'Work item', textInput({ placeholder: 'claim-8841', maxLength: 255 }), {
        optional: true,
      }),
      inputBlock(INPUTS.rule, 'Rule', textInput({ placeholder: 'HR-12', maxLength: 255 }), { optional: true }),
    ],
  }
}
