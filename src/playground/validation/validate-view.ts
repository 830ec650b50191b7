import { SLACK_LIMITS } from '../../narration/slack-limits.ts'
import { SlackRefusal } from '../slack-refusal.ts'
import { checkPlainText } from './check-text.ts'
import { type Fields, Report } from './report.ts'
import { validateBlocks } from './validate-blocks.ts'
import { messagesOf } from './validate-message.ts'

const MODAL = [
  'type',
  'title',
  'blocks',
  'close',
  'submit',
  'private_metadata',
  'callback_id',
  'clear_on_close',
  'notify_on_close',
  'external_id',
  'submit_disabled',
]
const HOME = ['type', 'blocks', 'private_metadata', 'callback_id', 'external_id']

/** Throws a SlackRefusal where Slack would not take this view. */
export function validateView(view: unknown, type: 'modal' | 'home'): asserts view is Fields {
  const report = new Report()
  const fields = report.object(view, '', type === 'modal' ? MODAL : HOME)
  if (!fields) throw new SlackRefusal('invalid_arguments', messagesOf(report.faults))
  if (JSON.stringify(fields).length > SLACK_LIMITS.viewBytes) throw new SlackRefusal('view_too_large')
  if (fields.type !== type) report.add('/type', `must be ${type}`)
  report.text(fields.private_metadata, '/private_metadata', SLACK_LIMITS.privateMetadata, { optional: true, least: 0 })
  report.text(fields.callback_id, '/callback_id', SLACK_LIMITS.id, { optional: true })
  if (type === 'modal') {
    checkPlainText(fields.title, '/title', SLACK_LIMITS.viewTitle, report)
    for (const button of ['submit', 'close']) {
      if (fields[button] !== undefined) checkPlainText(fields[button], `/${button}`, SLACK_LIMITS.viewButton, report)
    }
    const hasInput = Array.isArray(fields.blocks) && fields.blocks.some((block: Fields) => block?.type === 'input')
    if (hasInput && fields.submit === undefined) report.add('/submit', 'missing required field')
  }
  report.faults.push(...validateBlocks(fields.blocks, type))
  if (report.faults.length > 0) throw new SlackRefusal('invalid_arguments', messagesOf(report.faults))
}
