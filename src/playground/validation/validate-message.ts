import { SLACK_LIMITS } from '../../narration/slack-limits.ts'
import { SlackRefusal } from '../slack-refusal.ts'
import { checkMrkdwn } from './check-mrkdwn.ts'
import { type Fault, Report } from './report.ts'
import { validateBlocks } from './validate-blocks.ts'

/** Throws a SlackRefusal where Slack would not take this message. */
export function validateMessage(message: { text?: unknown; blocks?: unknown }): void {
  if (typeof message.text !== 'string' || message.text.trim() === '') throw new SlackRefusal('no_text')
  if (message.text.length > SLACK_LIMITS.messageText) throw new SlackRefusal('msg_too_long')
  const report = new Report()
  checkMrkdwn(message.text, '/text', report)
  if (report.faults.length > 0) throw new SlackRefusal('invalid_arguments', messagesOf(report.faults))
  if (message.blocks === undefined) return
  const faults = validateBlocks(message.blocks, 'message')
  if (faults.length > 0) throw new SlackRefusal('invalid_blocks', messagesOf(faults))
  if (textOf(message.blocks) > SLACK_LIMITS.messageBlocksText) throw new SlackRefusal('msg_blocks_too_long')
}

/** Faults in the form in which Slack names them. */
export function messagesOf(faults: Fault[]): string[] {
  return faults.map((fault) => `[ERROR] ${fault.message} [json-pointer:${fault.pointer}]`)
}

/** Characters that a reader would see: texts of blocks, tables apart (they have a limit of their own). */
function textOf(value: unknown): number {
  if (Array.isArray(value)) return value.reduce((sum: number, member) => sum + textOf(member), 0)
  if (value === null || typeof value !== 'object') return 0
  const fields = value as Record<string, unknown>
  if (fields.type === 'data_table' || fields.type === 'table') return 0
  return Object.entries(fields).reduce(
    (sum, [name, member]) => sum + (name === 'text' && typeof member === 'string' ? member.length : textOf(member)),
    0,
  )
}
