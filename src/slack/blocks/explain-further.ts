import type { Answer, Block } from '../../domain/answer.ts'
import type { Finding } from '../../domain/finding.ts'
import type { CalendarDate } from '../../domain/period.ts'
import { escapeWithin, truncateText } from '../../narration/escape-mrkdwn.ts'
import { formatPeriod } from '../../narration/format-dates.ts'
import { SLACK_LIMITS } from '../../narration/slack-limits.ts'
import { context, type Message, section } from '../message.ts'

const CELL = 90
const PAGE = 12
/** Characters of a full row, so that all rows stay inside the table's limit. */
const ROW_CHARACTERS = 4 * CELL
const MOST_ROWS = Math.min(SLACK_LIMITS.dataTableRows - 1, Math.floor(SLACK_LIMITS.dataTableText / ROW_CHARACTERS) - 1)

/** How an answer was reached: the question as understood, and every figure exactly, with what it rests on. */
export function explainFurther(answer: Answer, today: CalendarDate): Message {
  const { plan, findings } = answer
  const understood = [
    plan.analysis.replaceAll('_', ' '),
    plan.workflow && `workflow ${plan.workflow}`,
    plan.metric && `metric ${plan.metric.replaceAll('_', ' ')}`,
    plan.period && formatPeriod(plan.period, today),
    plan.comparison && `against ${formatPeriod(plan.comparison, today)}`,
    plan.filters && segmentText(plan.filters),
    plan.groupBy && `by ${plan.groupBy}`,
  ].filter(Boolean)
  const shown = findings.slice(0, MOST_ROWS)
  const left = findings.length - shown.length
  const words = answer.narratedBy === 'model' ? 'a model phrased the words' : 'the words are a template’s'
  const sources = [...new Set(shown.map((finding) => finding.source))].slice(0, 5)
  return {
    text: `How I got there: ${escapeWithin(understood.join(', '), 2000)}`,
    blocks: [
      section(`*How I read the question*\n${escapeWithin(understood.join(' · '), 2000)}`),
      ...(shown.length > 0 ? [figureTable(shown, today)] : []),
      ...(sources.length > 0 ? [context(escapeWithin(`Definitions: ${sources.join(' · ')}`, 2000))] : []),
      context(
        `${left > 0 ? `${left} more figures are in the answer’s data (POST /api/ask). ` : ''}Every figure is computed by code; ${words}.`,
      ),
    ],
  }
}

function figureTable(findings: Finding[], today: CalendarDate): Block {
  const cell = (text: string) => ({ type: 'raw_text', text: truncateText(text, CELL) || '–' })
  return {
    type: 'data_table',
    caption: 'Every figure, exactly',
    page_size: PAGE,
    rows: [
      ['Figure', 'Value', 'Period', 'Rests on'].map(cell),
      ...findings.map((finding) => [
        cell([finding.label, finding.driver, segmentText(finding.segment ?? {})].filter(Boolean).join(' · ')),
        cell(exactValue(finding)),
        cell(formatPeriod(finding.period, today)),
        cell(restsOn(finding)),
      ]),
    ],
  }
}

function exactValue({ value, unit }: Finding): string {
  if (value === null) return 'unknown'
  if (typeof value === 'string') return value.replaceAll('_', ' ')
  const exact = value.toLocaleString('en-US', { maximumFractionDigits: 6 })
  if (unit === 'usd') return value < 0 ? `-$${exact.slice(1)}` : `$${exact}`
  if (unit === 'share') return `${(value * 100).toLocaleString('en-US', { maximumFractionDigits: 4 })} %`
  return unit === 'none' ? exact : `${exact} ${unit}`
}

function restsOn(finding: Finding): string {
  return [
    finding.n !== undefined && `n ${finding.n.toLocaleString('en-US')}`,
    finding.share !== undefined && `${(finding.share * 100).toFixed(1)} % of it`,
    finding.interval && `likely between ${finding.interval.low} and ${finding.interval.high}`,
  ]
    .filter(Boolean)
    .join(', ')
}

function segmentText(segment: Record<string, string>): string {
  return Object.entries(segment)
    .map(([name, value]) => `${name} = ${value}`)
    .join(', ')
}
