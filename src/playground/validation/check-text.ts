import { checkMrkdwn } from './check-mrkdwn.ts'
import type { Report } from './report.ts'

type TextKind = 'plain_text' | 'mrkdwn'

/** A text object of one of the allowed kinds. */
export function checkText(
  value: unknown,
  pointer: string,
  most: number,
  report: Report,
  kinds: readonly TextKind[] = ['plain_text', 'mrkdwn'],
): void {
  const text = report.object(value, pointer, ['type', 'text', 'emoji', 'verbatim'])
  if (!text) return
  if (!kinds.includes(text.type as TextKind)) {
    report.add(`${pointer}/type`, `must be ${kinds.join(' or ')}`)
    return
  }
  const content = report.text(text.text, `${pointer}/text`, most)
  if (text.type === 'mrkdwn' && 'emoji' in text) report.add(`${pointer}/emoji`, 'invalid additional property: emoji')
  if (content !== null && text.type === 'mrkdwn') checkMrkdwn(content, `${pointer}/text`, report)
}

export function checkPlainText(value: unknown, pointer: string, most: number, report: Report): void {
  checkText(value, pointer, most, report, ['plain_text'])
}
