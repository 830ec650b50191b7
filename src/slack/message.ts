import type { Block } from '../domain/answer.ts'
import { cutMrkdwn } from '../narration/escape-mrkdwn.ts'
import { SLACK_LIMITS } from '../narration/slack-limits.ts'

/** A message as builders make it. `text` is what notifications and screen readers say; it is never absent. */
export interface Message {
  text: string
  blocks: Block[]
}

/** Long data is cut: a message that says most of it is worth more than one that Slack refuses. */
export function section(mrkdwn: string): Block {
  return { type: 'section', text: { type: 'mrkdwn', text: cutMrkdwn(mrkdwn, SLACK_LIMITS.sectionText) } }
}

export function context(...mrkdwn: string[]): Block {
  return {
    type: 'context',
    elements: mrkdwn.map((text) => ({ type: 'mrkdwn', text: cutMrkdwn(text, SLACK_LIMITS.sectionText) })),
  }
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
