import { SlackRefusal } from '../slack-refusal.ts'
import type { Fields } from '../validation/report.ts'
import type { ActionInput } from './click.ts'

/** The clicked element as Slack describes it to an app. Throws where the blocks do not have it. */
export function findElement(blocks: unknown, click: ActionInput): Fields {
  const block = (Array.isArray(blocks) ? (blocks as Fields[]) : []).find(
    (candidate) => candidate.block_id === click.blockId,
  )
  const elements = [...((block?.elements ?? []) as Fields[]), ...(block?.accessory ? [block.accessory as Fields] : [])]
  const element = elements.find((candidate) => candidate.action_id === click.actionId)
  if (!element) throw new SlackRefusal('action_not_found')
  const described = { type: element.type, block_id: click.blockId, action_id: click.actionId }
  if (element.type === 'button') return { ...described, text: element.text, value: element.value }
  if (element.type === 'feedback_buttons') {
    const button = [element.positive_button, element.negative_button].find(
      (side) => (side as Fields).value === click.value,
    )
    if (!button) throw new SlackRefusal('action_not_found')
    return { ...described, value: click.value, text: (button as Fields).text }
  }
  if (element.type === 'datepicker') return { ...described, selected_date: click.value }
  const option = ((element.options ?? []) as Fields[]).find((candidate) => candidate.value === click.value)
  if (!option) throw new SlackRefusal('action_not_found')
  return element.type === 'checkboxes'
    ? { ...described, selected_options: [option] }
    : { ...described, selected_option: option }
}
