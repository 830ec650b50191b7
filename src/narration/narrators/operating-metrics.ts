import { plural } from '../../analysis/economics/build-findings.ts'
import type { Finding } from '../../domain/finding.ts'
import { findFigure, numberAt, numberOf } from '../find-figure.ts'
import { formatDay, sayPeriod } from '../format-dates.ts'
import { formatDollars } from '../format-money.ts'
import { formatCount, formatRatio, formatValue } from '../format-number.ts'
import { type Narration, type NarrationInput, sentences } from '../narration.ts'
import { sayName } from '../say-segment.ts'
import { sayScope } from '../say-subject.ts'

const MOST = 3

/** Whether the operation itself moved since the agents came; savings that no metric shows are said to be that. */
export function narrateOperatingMetrics(input: NarrationInput): Narration {
  const { report } = input
  const missing = findFigure(report, 'metric.not_posted')
  const effects = report.findings.filter((one) => one.id.endsWith('.effect') && numberOf(one) !== null)
  if (effects.length === 0) {
    const reason = missing ?? report.findings[0]
    return {
      lead: sentences(
        reason ? `${capitalFirst(readable(reason.label))}, so I cannot say whether the operation changed.` : null,
      ),
      body: [
        sentences(
          ...report.findings
            .filter((one) => one.id.endsWith('.first'))
            .slice(0, MOST)
            .map((one) => sayCourse(one, input)),
          'Post figures of the operation to /webhooks/operating-metrics: three periods from before the agents came, and some after.',
        ),
      ],
      restsOn: [],
      derived: [],
    }
  }
  const moved = effects.filter((one) => one.interval && (one.interval.low > 0 || one.interval.high < 0))
  const still = effects.filter((one) => !moved.includes(one))
  const verdict =
    moved.length > 0
      ? `${sentenceOf(moved[0]!, input)}.`
      : `${still.slice(0, MOST).map(nameOf).map(capitalFirst).join(', ')} of ${sayScope(input)} did not move beyond ${still.length > 1 ? 'their' : 'its'} usual swing since the agents came.`
  const savings = moved.length === 0 ? 'Whatever was saved, these figures do not show it yet.' : null
  return {
    lead: [
      ...sentences(missing && `${capitalFirst(readable(missing.label))}. Post it to operating metrics, and I can.`),
      { text: verdict, strong: true },
    ],
    body: [
      sentences(
        ...moved.slice(1, MOST).map((one) => `${sentenceOf(one, input)}.`),
        ...still.slice(0, MOST).map((one) => `${sentenceOf(one, input)}: within its usual swing.`),
        savings,
      ),
      sentences(sayVolume(input), 'Other causes of the same time are not excluded.'),
    ].filter((one) => one.length > 0),
    restsOn: effects.slice(0, MOST).map((one) => `${formatCount(one.n ?? 0)} periods of ${nameOf(one)}`),
    derived: [],
  }
}

/** "Outsourcing invoice fell by $8,660 since Mon 14 Sep, to $10,620 (likely between …)". */
function sentenceOf(effect: Finding, { report, today }: NarrationInput): string {
  const base = effect.id.slice(0, -'.effect'.length)
  const value = numberOf(effect)!
  const [after, before] = [numberAt(report, `${base}.after`), numberAt(report, `${base}.before`)]
  const date = /since (\d{4}-\d\d-\d\d)/.exec(effect.label)?.[1]
  const since = date ? ` since ${formatDay(date, today)}` : ''
  const levels =
    after === null || before === null
      ? ''
      : `: ${say(after, effect.unit)} on average, ${say(before, effect.unit)} before`
  const bound = (one: number) => `${say(Math.abs(one), effect.unit)} ${one < 0 ? 'less' : 'more'}`
  const range = effect.interval
    ? `; likely between ${bound(effect.interval.low)} and ${bound(effect.interval.high)}`
    : ''
  const verb = value === 0 ? 'is unchanged' : `is ${value > 0 ? 'up' : 'down'} by ${say(Math.abs(value), effect.unit)}`
  return `${capitalFirst(nameOf(effect))} ${verb}${since}${levels}${value === 0 ? '' : range}`
}

/** "What I can say: cycle time was 20 hours in the week of 14 Sep and 17 hours in the week of 16 Nov." */
function sayCourse(first: Finding, { report, today }: NarrationInput): string | null {
  const base = first.id.slice(0, -'.first'.length)
  const latest = findFigure(report, `${base}.latest`)
  if (numberOf(first) === null || !latest || numberOf(latest) === null) return null
  const one = (finding: Finding) => `${say(numberOf(finding)!, finding.unit)} ${sayPeriod(finding.period, today)}`
  return `What I can say: ${nameOf(first)} was ${one(first)} and ${one(latest)}.`
}

/** Names of metrics as people say them, days too. */
function readable(label: string): string {
  return label.replaceAll('_', ' ')
}

function nameOf(effect: Finding): string {
  return sayName(
    effect.id
      .replace(/^metric\./, '')
      .replace(/\.(?:effect|first)$/, '')
      .replaceAll('.', ' '),
  )
}

function say(value: number, unit: string): string {
  if (unit === 'usd') return formatDollars(value)
  const own = /^(?:share|ratio|minutes|days|items|count)$/.test(unit)
  return own ? formatValue(value, unit) : `${Math.abs(value) >= 100 ? formatCount(value) : formatRatio(value)} ${unit}`
}

function sayVolume({ report, unit }: NarrationInput): string | null {
  const now = numberAt(report, 'resolved_per_week')
  if (now === null) return null
  return `Agents have resolved ${formatCount(now)} ${plural(unit)} a week since then.`
}

function capitalFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
