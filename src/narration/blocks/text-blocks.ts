import type { Block } from '../../domain/answer.ts'
import { escapeWithin } from '../escape-mrkdwn.ts'
import type { Sentence } from '../narration.ts'
import { SLACK_LIMITS } from '../slack-limits.ts'

/** A paragraph as a section; what is strong is bold. Null where nothing is said. */
export function paragraphBlock(paragraph: readonly Sentence[], limit: number = SLACK_LIMITS.sectionText): Block | null {
  const text = fitting(paragraph, Math.min(limit, SLACK_LIMITS.sectionText))
  return text ? { type: 'section', text: { type: 'mrkdwn', text } } : null
}

/** Small print. */
export function contextBlock(text: string): Block {
  return { type: 'context', elements: [{ type: 'mrkdwn', text }] }
}

/** Whole sentences as long as they fit; a first one that does not fit is cut with a mark. */
function fitting(paragraph: readonly Sentence[], limit: number): string {
  let text = ''
  for (const sentence of paragraph.filter((one) => one.text.replace(/\*/g, '').trim() !== '')) {
    const room = limit - text.length - (text ? 1 : 0)
    const written = inMrkdwn(sentence, room)
    if (written === null) return text ? `${text} …`.slice(0, limit) : text
    text += (text ? ' ' : '') + written
  }
  return text
}

function inMrkdwn(sentence: Sentence, room: number): string | null {
  if (room < 20) return null
  if (!sentence.strong) return escapeWithin(sentence.text, room)
  // An asterisk or a line break inside would end the bold.
  return `*${escapeWithin(sentence.text.replace(/[*\n]+/g, ' ').trim(), room - 2)}*`
}
