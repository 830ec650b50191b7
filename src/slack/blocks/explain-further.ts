import type { Answer } from '../../domain/answer.ts'
import type { Finding } from '../../domain/finding.ts'
import type { CalendarDate } from '../../domain/period.ts'
import { escapeMrkdwn, escapeWithin } from '../../narration/escape-mrkdwn.ts'
import { formatPeriod } from '../../narration/format-dates.ts'
import { context, type Message, section } from '../message.ts'

const SHOWN = 12

/** How an answer was reached: the question as understood, and every figure exactly, with what it rests on. */
export function explainFurther(answer: Answer, today: CalendarDate): Message {
  const { plan } = answer
  const understood = [
    `analysis ${plan.analysis}`,
    plan.workflow && `workflow ${plan.workflow}`,
    plan.metric && `metric ${plan.metric}`,
    plan.period && formatPeriod(plan.period, today),
    plan.comparison && `compared with ${formatPeriod(plan.comparison, today)}`,
    plan.filters &&
      Object.entries(plan.filters)
        .map(([name, value]) => `${name} = ${value}`)
        .join(', '),
    plan.groupBy && `by ${plan.groupBy}`,
  ].filter(Boolean)
  const shown = answer.findings.slice(0, SHOWN)
  const left = answer.findings.length - shown.length
  return {
    text: `How I got there: ${understood.join(', ')}`,
    blocks: [
      section(`*How I read the question*\n${escapeWithin(understood.join(' · '), 2000)}`),
      ...shown.map((finding) => section(describe(finding, today))),
      context(
        `${left > 0 ? `${left} more figures are in the answer’s data (POST /api/ask). ` : ''}Every figure is computed by code; ${
          answer.narratedBy === 'model' ? 'a model phrased the words.' : 'the words are a template’s.'
        }`,
      ),
    ],
  }
}

function describe(finding: Finding, today: CalendarDate): string {
  const value =
    finding.value === null ? 'unknown' : `${finding.value}${finding.unit === 'none' ? '' : ` ${finding.unit}`}`
  const details = [
    formatPeriod(finding.period, today),
    finding.comparedWith && `against ${formatPeriod(finding.comparedWith, today)}`,
    finding.driver && `driver ${finding.driver}`,
    finding.segment &&
      Object.entries(finding.segment)
        .map(([name, part]) => `${name} = ${part}`)
        .join(', '),
    finding.share !== undefined && `${(finding.share * 100).toFixed(1)} % of it`,
    finding.n !== undefined && `n = ${finding.n}`,
    finding.interval && `likely between ${finding.interval.low} and ${finding.interval.high}`,
    `source: ${finding.source}`,
  ].filter(Boolean)
  return `*${escapeWithin(finding.label, 300)}:* ${escapeMrkdwn(value)}\n${escapeWithin(details.join(' · '), 1500)}`
}
