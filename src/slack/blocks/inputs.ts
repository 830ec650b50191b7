import type { Block } from '../../domain/answer.ts'
import { truncateText } from '../../narration/escape-mrkdwn.ts'
import { INPUT_ELEMENT } from '../ids.ts'

/** An input block whose one element has the common element id. */
export function inputBlock(
  blockId: string,
  label: string,
  element: Record<string, unknown>,
  options: { optional?: boolean; hint?: string } = {},
): Block {
  return {
    type: 'input',
    block_id: blockId,
    label: { type: 'plain_text', text: label },
    element,
    ...(options.optional ? { optional: true } : {}),
    ...(options.hint ? { hint: { type: 'plain_text', text: options.hint } } : {}),
  }
}

export function textInput(options: {
  initial?: string | null | undefined
  placeholder?: string
  multiline?: boolean
  maxLength: number
}): Record<string, unknown> {
  return {
    type: 'plain_text_input',
    action_id: INPUT_ELEMENT,
    max_length: options.maxLength,
    ...(options.initial ? { initial_value: truncateText(options.initial, options.maxLength) } : {}),
    ...(options.placeholder ? { placeholder: { type: 'plain_text', text: options.placeholder } } : {}),
    ...(options.multiline ? { multiline: true } : {}),
  }
}

export function selectInput(options: string[], initial: string | null, placeholder: string): Record<string, unknown> {
  const option = (name: string) => ({
    text: { type: 'plain_text', text: truncateText(name, 75) },
    value: truncateText(name, 150),
  })
  return {
    type: 'static_select',
    action_id: INPUT_ELEMENT,
    placeholder: { type: 'plain_text', text: placeholder },
    options: options.slice(0, 100).map(option),
    ...(initial !== null && options.includes(initial) ? { initial_option: option(initial) } : {}),
  }
}

/** Dollars, or another figure from 0. */
export function amountInput(initial: number | undefined): Record<string, unknown> {
  return {
    type: 'number_input',
    action_id: INPUT_ELEMENT,
    is_decimal_allowed: true,
    min_value: '0',
    ...(initial === undefined ? {} : { initial_value: String(initial) }),
  }
}

/** A choice whose labels are not its values. */
export function optionsInput(
  options: readonly (readonly [value: string, label: string])[],
  initial: string,
): Record<string, unknown> {
  const option = ([value, label]: readonly [string, string]) => ({
    text: { type: 'plain_text', text: truncateText(label, 75) },
    value,
  })
  const chosen = options.find(([value]) => value === initial)
  return {
    type: 'static_select',
    action_id: INPUT_ELEMENT,
    placeholder: { type: 'plain_text', text: 'Choose…' },
    options: options.map(option),
    ...(chosen ? { initial_option: option(chosen) } : {}),
  }
}
