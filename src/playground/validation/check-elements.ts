import { SLACK_LIMITS } from '../../narration/slack-limits.ts'
import { checkPlainText, checkText } from './check-text.ts'
import type { Fields, Report } from './report.ts'

const COMMON = ['type', 'action_id', 'confirm', 'focus_on_load', 'placeholder'] as const

type Check = (element: Fields, pointer: string, report: Report) => void

const SELECT: Check = (element, pointer, report) => {
  report.object(element, pointer, [...COMMON, 'options', 'option_groups', 'initial_option'])
  if (element.option_groups === undefined)
    checkOptions(element.options, `${pointer}/options`, SLACK_LIMITS.selectOptions, report)
  checkInitial(element.initial_option === undefined ? [] : [element.initial_option], element, pointer, report)
}
const CHOICES: Check = (element, pointer, report) => {
  report.object(element, pointer, [...COMMON, 'options', 'initial_option', 'initial_options'])
  checkOptions(element.options, `${pointer}/options`, SLACK_LIMITS.choiceOptions, report)
}

/** Every element that may be clicked or filled in, by type. */
const ELEMENTS: Record<string, Check> = {
  button: (element, pointer, report) => {
    report.object(element, pointer, [
      'type',
      'action_id',
      'confirm',
      'text',
      'value',
      'url',
      'style',
      'accessibility_label',
    ])
    checkPlainText(element.text, `${pointer}/text`, SLACK_LIMITS.buttonText, report)
    report.text(element.value, `${pointer}/value`, SLACK_LIMITS.buttonValue, { optional: true })
    report.text(element.url, `${pointer}/url`, SLACK_LIMITS.url, { optional: true })
    report.text(element.accessibility_label, `${pointer}/accessibility_label`, SLACK_LIMITS.accessibilityLabel, {
      optional: true,
    })
    report.oneOf(element.style, `${pointer}/style`, ['primary', 'danger'])
  },
  static_select: SELECT,
  overflow: CHOICES,
  checkboxes: CHOICES,
  radio_buttons: CHOICES,
  datepicker: (element, pointer, report) => {
    report.object(element, pointer, [...COMMON, 'initial_date'])
    const date = report.text(element.initial_date, `${pointer}/initial_date`, 10, { optional: true })
    if (date !== null && !/^\d{4}-\d{2}-\d{2}$/.test(date)) report.add(`${pointer}/initial_date`, 'must be YYYY-MM-DD')
  },
  plain_text_input: (element, pointer, report) => {
    report.object(element, pointer, [
      ...COMMON,
      'initial_value',
      'multiline',
      'min_length',
      'max_length',
      'dispatch_action_config',
    ])
    report.number(element.max_length, `${pointer}/max_length`, 1, SLACK_LIMITS.plainTextInput, true)
    report.number(element.min_length, `${pointer}/min_length`, 0, SLACK_LIMITS.plainTextInput, true)
    const most = typeof element.max_length === 'number' ? element.max_length : SLACK_LIMITS.plainTextInput
    report.text(element.initial_value, `${pointer}/initial_value`, most, { optional: true, least: 0 })
  },
  number_input: (element, pointer, report) => {
    report.object(element, pointer, [
      ...COMMON,
      'is_decimal_allowed',
      'initial_value',
      'min_value',
      'max_value',
      'dispatch_action_config',
    ])
    if (typeof element.is_decimal_allowed !== 'boolean')
      report.add(`${pointer}/is_decimal_allowed`, 'missing required field')
    for (const field of ['initial_value', 'min_value', 'max_value']) {
      if (element[field] !== undefined && typeof element[field] !== 'string')
        report.add(`${pointer}/${field}`, 'must be a string')
    }
  },
}

const INPUTS = ['static_select', 'checkboxes', 'radio_buttons', 'datepicker', 'plain_text_input', 'number_input']
const ACTIONS = ['button', 'static_select', 'overflow', 'checkboxes', 'radio_buttons', 'datepicker']

/** An element of an actions block, a section's accessory, or an input. `ids` holds the block's action ids so far. */
export function checkElement(
  value: unknown,
  pointer: string,
  place: 'actions' | 'input',
  ids: Set<string>,
  report: Report,
): void {
  const element = report.object(value, pointer, Object.keys((value ?? {}) as Fields))
  if (!element) return
  const type = String(element.type)
  const check = (place === 'input' ? INPUTS : ACTIONS).includes(type) ? ELEMENTS[type] : undefined
  if (!check) {
    report.add(`${pointer}/type`, `unsupported type: ${type}`)
    return
  }
  check(element, pointer, report)
  checkActionId(element.action_id, pointer, ids, report)
  if (element.placeholder !== undefined)
    checkPlainText(element.placeholder, `${pointer}/placeholder`, SLACK_LIMITS.placeholder, report)
  if (element.confirm !== undefined) checkConfirm(element.confirm, `${pointer}/confirm`, report)
}

export function checkActionId(value: unknown, pointer: string, ids: Set<string>, report: Report): void {
  const id = report.text(value, `${pointer}/action_id`, SLACK_LIMITS.id, { optional: true })
  if (id === null) return
  if (ids.has(id)) report.add(`${pointer}/action_id`, `\`action_id\` "${id}" already exists`)
  ids.add(id)
}

function checkOptions(value: unknown, pointer: string, most: number, report: Report): void {
  const values = new Set<unknown>()
  report.list(value, pointer, most).forEach((option, index) => {
    const at = `${pointer}/${index}`
    const fields = report.object(option, at, ['text', 'value', 'description', 'url'])
    if (!fields) return
    checkText(fields.text, `${at}/text`, SLACK_LIMITS.optionText, report)
    report.text(fields.value, `${at}/value`, SLACK_LIMITS.optionValue)
    if (fields.description !== undefined)
      checkPlainText(fields.description, `${at}/description`, SLACK_LIMITS.optionDescription, report)
    if (values.has(fields.value)) report.add(`${at}/value`, 'duplicate option value')
    values.add(fields.value)
  })
}

function checkInitial(initial: unknown[], element: Fields, pointer: string, report: Report): void {
  const values = Array.isArray(element.options) ? element.options.map((option: Fields) => option.value) : []
  for (const option of initial) {
    if (!values.includes((option as Fields | null)?.value))
      report.add(`${pointer}/initial_option`, 'must be one of the options')
  }
}

function checkConfirm(value: unknown, pointer: string, report: Report): void {
  const confirm = report.object(value, pointer, ['title', 'text', 'confirm', 'deny', 'style'])
  if (!confirm) return
  if (confirm.title !== undefined) checkPlainText(confirm.title, `${pointer}/title`, SLACK_LIMITS.confirmTitle, report)
  checkText(confirm.text, `${pointer}/text`, SLACK_LIMITS.confirmText, report)
  for (const button of ['confirm', 'deny']) {
    if (confirm[button] !== undefined)
      checkPlainText(confirm[button], `${pointer}/${button}`, SLACK_LIMITS.confirmButton, report)
  }
}
