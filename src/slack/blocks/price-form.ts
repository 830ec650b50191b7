import type { ContractPrice } from '../../domain/contract-price.ts'
import { type CalendarDate, dateIn } from '../../domain/period.ts'
import { truncateText } from '../../narration/escape-mrkdwn.ts'
import { SLACK_LIMITS } from '../../narration/slack-limits.ts'
import { INPUT_ELEMENT, INPUTS, VIEWS } from '../ids.ts'
import type { PriceScope } from '../load-price-editor.ts'
import { context } from '../message.ts'
import { amountInput, inputBlock, optionsInput, textInput } from './inputs.ts'
import type { ModalView } from './loading-view.ts'
import { lastDayOf } from './say-price.ts'

/** What a price form's hidden part carries. */
export interface PriceFormMetadata {
  /** Where the confirmation goes. */
  channel: string | null
}

export const ALL_WORKFLOWS = '*'
const TIERS = ['batch', 'flex', 'priority']
const STANDARD = 'standard'
/** The option of the checkbox. */
export const PRICE_AGAIN = 'again'

/** A workflow as an option's value, which is shorter than a name may be. */
export const workflowOption = (name: string): string => truncateText(`=${name}`, 150)

/** What a form begins with: a price to change, or what is known of a new one. */
export type PricePrefill = Partial<Omit<ContractPrice, 'id' | 'recordedAt' | 'recordedBy'>>

/** A contract price as a form, offering the workflows that the person may set. */
export function priceForm(
  prefill: PricePrefill,
  scope: Pick<PriceScope, 'workflows' | 'all'>,
  times: { today: CalendarDate; timeZone: string },
  metadata: PriceFormMetadata,
): ModalView {
  const { today, timeZone } = times
  const optional = { optional: true }
  const amount = (value: number | null | undefined) => amountInput(value ?? undefined)
  return {
    type: 'modal',
    callback_id: VIEWS.price,
    title: { type: 'plain_text', text: 'Contract price' },
    submit: { type: 'plain_text', text: 'Save' },
    close: { type: 'plain_text', text: 'Cancel' },
    private_metadata: JSON.stringify(metadata),
    blocks: [
      context('What you agreed with a provider, in dollars per million tokens. It goes before list prices.'),
      inputBlock(INPUTS.model, 'Model', textInput({ initial: prefill.model, placeholder: 'gpt-4.1', maxLength: 255 }), {
        hint: 'As your agents name it. Its dated releases (gpt-4.1-2025-04-14) are covered too.',
      }),
      workflowChoice(scope, prefill.workflow),
      inputBlock(INPUTS.inputPrice, 'Input, $ per million tokens', amount(prefill.inputPerMillion), optional),
      inputBlock(INPUTS.outputPrice, 'Output, $ per million tokens', amount(prefill.outputPerMillion), {
        ...optional,
        hint: 'A price for input, for output, or for both.',
      }),
      firstDay('First day', prefill.validFrom ? dateIn(prefill.validFrom, timeZone) : today, timeZone),
      lastDay(prefill.validUntil ? lastDayOf(prefill.validUntil, timeZone) : null),
      inputBlock(
        INPUTS.priceAgain,
        'Calls that were made since then',
        {
          type: 'checkboxes',
          action_id: INPUT_ELEMENT,
          options: [{ text: { type: 'plain_text', text: 'Price them again, at what holds now' }, value: PRICE_AGAIN }],
        },
        { ...optional, hint: 'Otherwise they keep the price they had.' },
      ),
      { type: 'divider' },
      context(
        '*Only where it differs.* Cached input and cache writes cost what input does, reasoning what output does, unless you say so.',
      ),
      inputBlock(INPUTS.cachedInputPrice, 'Cached input', amount(prefill.cachedInputPerMillion), optional),
      inputBlock(INPUTS.cacheWritePrice, 'Cache writes', amount(prefill.cacheWritePerMillion), optional),
      inputBlock(INPUTS.reasoningPrice, 'Reasoning', amount(prefill.reasoningPerMillion), optional),
      inputBlock(INPUTS.serviceTier, 'Service tier', tierInput(prefill.serviceTier ?? STANDARD), {
        ...optional,
        hint: 'A price holds for its tier alone: batch calls need a price of their own.',
      }),
      inputBlock(
        INPUTS.provider,
        'Provider',
        textInput({ initial: prefill.provider, placeholder: 'azure', maxLength: 255 }),
        { ...optional, hint: 'Where you buy the model from several. Left empty, any.' },
      ),
    ],
  }
}

/** The tiers that are known and the price's own; a name that is too long for an option is typed. */
function tierInput(tier: string) {
  if (tier.length > SLACK_LIMITS.optionValue) return textInput({ initial: tier, maxLength: 255 })
  const names = [...new Set([...TIERS, ...(tier === STANDARD ? [] : [tier])])]
  return optionsInput([[STANDARD, 'Standard'], ...names.map((name) => [name, name] as const)], tier)
}

/** Which runs are to be priced again. */
export function repricingForm(
  prefill: { workflow?: string | null; firstDay: CalendarDate },
  scope: Pick<PriceScope, 'workflows' | 'all'>,
  timeZone: string,
  metadata: PriceFormMetadata,
): ModalView {
  return {
    type: 'modal',
    callback_id: VIEWS.repricing,
    title: { type: 'plain_text', text: 'Price runs again' },
    submit: { type: 'plain_text', text: 'Price again' },
    close: { type: 'plain_text', text: 'Cancel' },
    private_metadata: JSON.stringify(metadata),
    blocks: [
      context(
        'Every call of these runs gets the price that now holds for the time it was made. What was known before stays askable, and who asked for it is kept.',
      ),
      workflowChoice(scope, prefill.workflow),
      firstDay('Runs that started on or after', prefill.firstDay, timeZone),
      lastDay(null, 'Left empty, up to now.'),
    ],
  }
}

/** Slack takes a hundred options; a workflow beyond them is set by the command, which names it. */
function workflowChoice({ workflows, all }: Pick<PriceScope, 'workflows' | 'all'>, chosen: string | null | undefined) {
  const options = [
    ...(all ? [[ALL_WORKFLOWS, 'All workflows'] as const] : []),
    ...workflows.map((name) => [workflowOption(name), name] as const),
  ].slice(0, 100)
  const initial = chosen ? workflowOption(chosen) : all ? ALL_WORKFLOWS : (options[0]?.[0] ?? '')
  return inputBlock(INPUTS.workflow, 'Workflow', optionsInput(options, initial))
}

function firstDay(label: string, initial: CalendarDate, timeZone: string) {
  const picker = { type: 'datepicker', action_id: INPUT_ELEMENT, initial_date: initial }
  return inputBlock(INPUTS.validFrom, label, picker, { hint: `Days begin at midnight, ${timeZone}.` })
}

function lastDay(initial: CalendarDate | null, hint = 'Left empty, until further notice.') {
  const picker = {
    type: 'datepicker',
    action_id: INPUT_ELEMENT,
    ...(initial === null ? {} : { initial_date: initial }),
  }
  return inputBlock(INPUTS.lastDay, 'Last day', picker, { optional: true, hint })
}
