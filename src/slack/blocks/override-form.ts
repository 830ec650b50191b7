import type { Block } from '../../domain/answer.ts'
import { toDollars } from '../../domain/money.ts'
import { escapeMrkdwn, mrkdwnDate, mrkdwnLink } from '../../narration/escape-mrkdwn.ts'
import { formatDollars } from '../../narration/format-money.ts'
import { INPUT_ELEMENT, INPUTS, VIEWS } from '../ids.ts'
import type { WorkItemSummary } from '../look-up-work-item.ts'
import { context } from '../message.ts'
import { workItemUrl } from '../work-item-url.ts'
import { inputBlock, textInput } from './inputs.ts'
import type { ModalView } from './loading-view.ts'

/** What the form already knows. `channel` is where the confirmation goes. */
export interface OverridePrefill {
  channel: string | null
  workItem?: string
  item?: WorkItemSummary
  reason?: string
  agentDecision?: string
  humanDecision?: string
  /** The candidate that is confirmed by sending the form. */
  candidate?: string
  /** Why the item could not be taken over, in mrkdwn. */
  notice?: string
}

/** What the form's hidden part carries. */
export interface OverrideFormMetadata {
  channel: string | null
  /** The candidate that it confirms. */
  candidate?: string
}

export function overrideForm(prefill: OverridePrefill, baseUrl: string): ModalView {
  const { item } = prefill
  const notices: Block[] = []
  const metadata: OverrideFormMetadata = {
    channel: prefill.channel,
    ...(prefill.candidate !== undefined && { candidate: prefill.candidate }),
  }
  if (item) notices.push(context(describeItem(item, baseUrl)))
  if (prefill.notice) notices.push(context(prefill.notice))
  return {
    type: 'modal',
    callback_id: VIEWS.override,
    title: { type: 'plain_text', text: 'Record override' },
    submit: { type: 'plain_text', text: 'Record' },
    close: { type: 'plain_text', text: 'Cancel' },
    private_metadata: JSON.stringify(metadata),
    blocks: [
      ...notices,
      inputBlock(
        INPUTS.workItem,
        'Work item',
        textInput({ initial: item?.id ?? prefill.workItem, placeholder: 'claim-8841', maxLength: 255 }),
      ),
      inputBlock(
        INPUTS.agentDecision,
        'The agent decided',
        textInput({ initial: prefill.agentDecision ?? item?.lastDecision, placeholder: 'deny', maxLength: 2000 }),
      ),
      inputBlock(
        INPUTS.humanDecision,
        'You decided',
        textInput({ initial: prefill.humanDecision, placeholder: 'approve', maxLength: 2000 }),
      ),
      inputBlock(
        INPUTS.reason,
        'Because',
        textInput({ initial: prefill.reason, placeholder: 'The hail rider applies', multiline: true, maxLength: 3000 }),
        { hint: 'One sentence that a colleague would understand in a year.' },
      ),
      inputBlock(INPUTS.rule, 'Rule', textInput({ placeholder: 'HR-12', maxLength: 255 }), { optional: true }),
      inputBlock(
        INPUTS.minutes,
        'Minutes it took',
        {
          type: 'number_input',
          action_id: INPUT_ELEMENT,
          is_decimal_allowed: true,
          min_value: '0',
          max_value: '100000',
        },
        { optional: true },
      ),
    ],
  }
}

function describeItem(item: WorkItemSummary, baseUrl: string): string {
  const runs = item.attempts === 1 ? '1 run' : `${item.attempts} runs`
  const last = item.lastRunAt
    ? `, last ${mrkdwnDate(item.lastRunAt, '{date_short_pretty}', item.lastRunAt.toISOString().slice(0, 10))}`
    : ''
  const cost = `${formatDollars(toDollars(item.totalMicros))}${item.partlyPriced ? ' or more (some calls have no price)' : ''}`
  return `${mrkdwnLink(workItemUrl(baseUrl, item.workflow, item.id), item.id)} · ${escapeMrkdwn(item.workflow)} · ${runs}${last} · ${cost} · ${escapeMrkdwn(item.status)}`
}
