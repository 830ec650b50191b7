import type { Block } from '../../domain/answer.ts'
import { escapeWithin } from '../../narration/escape-mrkdwn.ts'
import { INPUT_ELEMENT, INPUTS, VIEWS } from '../ids.ts'
import { context } from '../message.ts'
import { inputBlock, selectInput, textInput } from './inputs.ts'
import type { ModalView } from './loading-view.ts'

/** What a submitted form must still know; kept in its private metadata. */
export interface RuleFormSource {
  workflow: string
  /** An override of the cluster that the rule is drawn from; null where the rule is there already. */
  overrideId: string | null
  channel: string | null
  /** The message whose button was clicked, so that it can say who confirmed; null where only one person saw it. */
  message: { ts: string; actionId: string } | null
}

export interface RulePrefill {
  id: string | null
  text: string
  exceptionTo: string | null
  /** Rules in force of the workflow. */
  others: string[]
  /** What the rule is drawn from, in words. */
  drawnFrom: string | null
  /** Day from which it holds. */
  validFrom: string
}

export function ruleForm(source: RuleFormSource, prefill: RulePrefill): ModalView {
  const others = prefill.others.filter((id) => id !== prefill.id)
  const notices: Block[] = prefill.drawnFrom === null ? [] : [context(escapeWithin(prefill.drawnFrom, 1500))]
  return {
    type: 'modal',
    callback_id: VIEWS.rule,
    title: { type: 'plain_text', text: 'Confirm a rule' },
    submit: { type: 'plain_text', text: 'Confirm' },
    close: { type: 'plain_text', text: 'Cancel' },
    private_metadata: JSON.stringify(source),
    blocks: [
      ...notices,
      inputBlock(INPUTS.rule, 'Rule', textInput({ initial: prefill.id, placeholder: 'HR-12', maxLength: 100 })),
      inputBlock(INPUTS.text, 'What it says', textInput({ initial: prefill.text, multiline: true, maxLength: 2000 }), {
        hint: 'People and agents will find it and be told to follow it.',
      }),
      ...(others.length > 0
        ? [
            inputBlock(
              INPUTS.exceptionTo,
              'An exception to',
              selectInput(others, prefill.exceptionTo, 'No exception'),
              {
                optional: true,
              },
            ),
          ]
        : []),
      inputBlock(INPUTS.validFrom, 'Holds from', {
        type: 'datepicker',
        action_id: INPUT_ELEMENT,
        initial_date: prefill.validFrom,
      }),
    ],
  }
}

export function retireForm(source: RuleFormSource, rule: { id: string; text: string }, today: string): ModalView {
  return {
    type: 'modal',
    callback_id: VIEWS.retireRule,
    title: { type: 'plain_text', text: 'Retire a rule' },
    submit: { type: 'plain_text', text: 'Retire' },
    close: { type: 'plain_text', text: 'Cancel' },
    private_metadata: JSON.stringify({ ...source, rule: rule.id }),
    blocks: [
      {
        type: 'section',
        text: { type: 'mrkdwn', text: `*${escapeWithin(rule.id, 100)}*: ${escapeWithin(rule.text, 2000)}` },
      },
      context('Its versions stay, and questions about the time when it held still find it.'),
      inputBlock(INPUTS.validFrom, 'Ends on', { type: 'datepicker', action_id: INPUT_ELEMENT, initial_date: today }),
    ],
  }
}
