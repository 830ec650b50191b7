import type { Answer } from '../../domain/answer.ts'
import type { Citation } from '../../domain/finding.ts'
import { mrkdwnLink } from '../../narration/escape-mrkdwn.ts'
import { type Message, section } from '../message.ts'

const HEADINGS: Record<Citation['kind'], string> = {
  work_item: 'Work items',
  trace: 'Traces',
  override: 'Overrides',
  memory: 'Remembered',
  change: 'Changes',
  rule: 'Rules',
  allocation_decision: 'Allocation decisions',
  thread: 'Threads',
}
const SHOWN_EACH = 8

/** The rows behind an answer, as links: never their payload. */
export function showTraces(answer: Answer, baseUrl: string): Message {
  const kinds = (Object.keys(HEADINGS) as Citation['kind'][]).filter((kind) =>
    answer.citations.some((citation) => citation.kind === kind),
  )
  return {
    text: `What the answer rests on: ${answer.citations.length} sources`,
    blocks: kinds.map((kind) => {
      const citations = answer.citations.filter((citation) => citation.kind === kind)
      const links = citations
        .slice(0, SHOWN_EACH)
        .map((citation) => `• ${mrkdwnLink(new URL(citation.url, `${baseUrl}/`).href, citation.title.slice(0, 150))}`)
      const more = citations.length - links.length
      return section(`*${HEADINGS[kind]}*\n${links.join('\n')}${more > 0 ? `\nand ${more} more.` : ''}`)
    }),
  }
}
