import type { Block } from '../domain/answer.ts'

/** A message as builders make it. `text` is what notifications and screen readers say; it is never absent. */
export interface Message {
  text: string
  blocks: Block[]
}

export function section(mrkdwn: string): Block {
  return { type: 'section', text: { type: 'mrkdwn', text: mrkdwn } }
}

export function context(...mrkdwn: string[]): Block {
  return { type: 'context', elements: mrkdwn.map((text) => ({ type: 'mrkdwn', text })) }
}

export interface ButtonSpec {
  label: string
  actionId: string
  value: string
  style?: 'primary' | 'danger'
  accessibilityLabel?: string
}

export function button(spec: ButtonSpec): Record<string, unknown> {
  return {
    type: 'button',
    text: { type: 'plain_text', text: spec.label },
    action_id: spec.actionId,
    value: spec.value,
    ...(spec.style ? { style: spec.style } : {}),
    ...(spec.accessibilityLabel ? { accessibility_label: spec.accessibilityLabel } : {}),
  }
}

export function actions(blockId: string, buttons: ButtonSpec[]): Block[] {
  return buttons.length === 0 ? [] : [{ type: 'actions', block_id: blockId, elements: buttons.map(button) }]
}
