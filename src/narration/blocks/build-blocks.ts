import type { Block } from '../../domain/answer.ts'
import type { Citation, Report } from '../../domain/finding.ts'
import { escapeWithin, mrkdwnLink } from '../escape-mrkdwn.ts'
import type { Sentence } from '../narration.ts'
import { SLACK_LIMITS } from '../slack-limits.ts'
import { chartBlock } from './chart-block.ts'
import { tableBlock } from './table-block.ts'
import { contextBlock, paragraphBlock } from './text-blocks.ts'

/** Room for the words; the rest of a message's limit is for titles, labels, sources and the door's buttons. */
const PROSE_LENGTH = 7000
const MOST_CITATIONS = 6
const TITLE_LENGTH = 80

/** What an answer says and shows, before it is laid out. */
export interface AnswerParts {
  paragraphs: readonly (readonly Sentence[])[]
  restsOn: readonly string[]
  report: Pick<Report, 'tables' | 'charts'>
  citations: readonly Citation[]
  narratedBy: 'template' | 'model'
}

/**
 * An answer as Block Kit, inside Slack's limits and escaped: words, then a table or a chart, then what it rests on and its
 * sources. Buttons are the door's, which knows who may press them.
 */
export function buildBlocks(parts: AnswerParts): Block[] {
  const blocks: Block[] = []
  let room = PROSE_LENGTH
  for (const paragraph of parts.paragraphs) {
    if (room < 100) {
      blocks.push(contextBlock('… more in the findings.'))
      break
    }
    const block = paragraphBlock(paragraph, room)
    if (!block) continue
    blocks.push(block)
    room -= (block.text as { text: string }).text.length
  }
  blocks.push(...figureBlocks(parts.report))
  const small = smallPrint(parts)
  if (small) blocks.push(contextBlock(small))
  const sources = sourcesOf(parts.citations)
  if (sources) blocks.push(contextBlock(sources))
  return blocks
}

/** One table, and a chart where it shows a course of time or there is no table. */
function figureBlocks({ tables, charts }: AnswerParts['report']): Block[] {
  const table = tables.map(tableBlock).find((block) => block !== null) ?? null
  const title = tables.find((spec) => spec.rows.length > 0)?.title
  const line = charts.filter((chart) => chart.type === 'line' || table === null)
  const chart = line.map(chartBlock).find((block) => block !== null) ?? null
  return [
    ...(chart ? [chart] : []),
    ...(table ? [contextBlock(escapeWithin(title?.trim() || 'Figures', 200)), table] : []),
  ]
}

function smallPrint({ restsOn, narratedBy }: AnswerParts): string {
  const rests = restsOn.length > 0 ? `_Rests on_ ${escapeWithin(restsOn.join(' · '), 1500)}` : ''
  const label = narratedBy === 'model' ? 'Worded by a language model; every figure is computed.' : ''
  return [rests, label].filter(Boolean).join('\n')
}

function sourcesOf(citations: readonly Citation[]): string {
  const links = citations.slice(0, MOST_CITATIONS).map((citation) => mrkdwnLink(citation.url, labelOf(citation)))
  const more = citations.length - links.length
  const text = links.length === 0 ? '' : `Sources: ${links.join(' · ')}${more > 0 ? ` · and ${more} more` : ''}`
  return text.length > SLACK_LIMITS.sectionText ? `Sources: ${citations.length}` : text
}

function cut(title: string): string {
  const plain = title.replace(/\s+/g, ' ').trim()
  return plain.length > TITLE_LENGTH ? `${plain.slice(0, TITLE_LENGTH - 1)}…` : plain
}

function labelOf({ title, id, kind }: Citation): string {
  return cut(title) || cut(id) || kind.replace('_', ' ')
}
