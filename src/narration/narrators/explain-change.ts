import { plural } from '../../analysis/economics/build-findings.ts'
import type { Finding, Report, Verdict } from '../../domain/finding.ts'
import type { Metric } from '../../domain/plan.ts'
import { breakdownOf, findFigure, numberOf } from '../find-figure.ts'
import { formatDay, sayComparison } from '../format-dates.ts'
import { countOf, formatCount, formatValue } from '../format-number.ts'
import { type Narration, type NarrationInput, periodsOf, type Sentence, sentences } from '../narration.ts'
import { restsOn } from '../rests-on.ts'
import { sayChange } from '../say-change.ts'
import { saySegment } from '../say-segment.ts'
import { ended, movedNote, nothingThere, sayOne, sayScope, sayWhen } from '../say-subject.ts'
import { changeFigures } from './change-figures.ts'
import { sayCauses } from './say-causes.ts'
import { sayBreakdown } from './spend.ts'

const MOST_EVENTS = 3

/**
 * Why something changed: the verdict and the dollars first, then the causes with what is left of the change by driver
 * (the parts add up to it as displayed), then what happened near it and what people decided.
 */
export function narrateExplainChange(input: NarrationInput): Narration {
  const figures = changeFigures(input.report, input.plan.metric ?? 'spend')
  const verdict = verdictOf(input.report)
  if (!verdict || (!numberOf(figures.now) && !numberOf(figures.before))) return nothingThere(input)
  const n = figures.now?.n ?? null
  const body: Sentence[][] = []
  const derived: Finding[] = []
  if (verdict === 'cause_found' || verdict === 'broad') {
    const causes = sayCauses(input, figures)
    body.push(...causes.paragraphs)
    derived.push(...causes.derived)
  }
  const { groupBy } = input.plan
  const split = groupBy
    ? breakdownOf(input.report, figures.now?.id ?? 'spend').filter((one) => one.segment?.[groupBy])
    : []
  if (split.length > 1) body.push(sentences(sayBreakdown(split)))
  const near = nearby(input)
  if (near.length > 0) body.push(near)
  const rests = restsOn(input, n)
  return { lead: [...leadOf(input, verdict, figures), ...sentences(movedNote(input))], body, restsOn: rests, derived }
}

export function verdictOf(report: Report): Verdict | null {
  const finding = report.findings.find((one) => one.kind === 'verdict')
  return (finding?.value as Verdict | undefined) ?? null
}

function leadOf(input: NarrationInput, verdict: Verdict, figures: ReturnType<typeof changeFigures>): Sentence[] {
  const when = sayWhen(input)
  const { period, comparison } = periodsOf(input)
  const compared = period && comparison ? sayComparison(comparison, period, input.today) : 'before'
  const isUnitCost = figures.now?.id === 'cost_per_resolved'
  const cost = isUnitCost ? `cost of a resolved ${sayOne(input)}` : `cost of ${sayScope(input)}`
  const against = `${figures.sayNow()} against ${figures.sayBefore()} ${compared}${sizeOf(input, figures)}`
  const rate = rateSentence(input)
  if (verdict === 'within_normal_variation') {
    return sentences(
      rate,
      `The ${cost} did not change beyond its usual swing ${when}: ${against}.`,
      'Weeks of this work differ by about that much without any cause; no segment, model or prompt stands out.',
      'I would look again after two more weeks.',
    )
  }
  if (verdict === 'not_enough_data') {
    return sentences(
      rate,
      `There is not enough to say why the ${cost} changed ${when}: ${against}.`,
      'With so few, chance alone moves it by as much; ask for a longer period.',
    )
  }
  const moved = figures.sayChange()
  const subject = isUnitCost ? `a resolved ${sayOne(input)}` : sayScope(input)
  const text = `${upperFirst(subject)} cost ${figures.sayNow()} ${when}, ${moved ? `${moved} than` : 'as'} ${compared}.`
  if (verdict === 'data_incomplete') {
    const reason = 'The data of this period are not complete, so no cause is named yet; the figures will still move.'
    return sentences(rate, text, reason)
  }
  const broad = 'It moved everywhere: no segment, model or prompt explains it.'
  return sentences(rate, text, verdict === 'broad' && broad)
}

function sizeOf({ unit }: NarrationInput, { now }: ReturnType<typeof changeFigures>): string {
  return now?.n === undefined ? '' : ` (${countOf(now.n, unit, plural(unit))})`
}

const RATES: Partial<Record<Metric, string>> = {
  attempts: 'number of attempts per item',
  tokens_per_call: 'number of tokens per model call',
  resolution_rate: 'resolution rate',
  override_rate: 'share of items that people overruled',
}

/** Where the question is about a rate, how far that moved, before the dollars. */
function rateSentence(input: NarrationInput): string | null {
  const { plan, report } = input
  const name = plan.metric && RATES[plan.metric]
  const finding = plan.metric && findFigure(report, plan.metric)
  if (!name || !finding || numberOf(finding) === null) return null
  const n = finding.n === undefined ? '' : ` (n ${formatCount(finding.n)})`
  const moved = sayChange(input, plan.metric!, finding.unit)
  return `The ${name} of ${sayScope(input)} was ${formatValue(finding.value, finding.unit)} ${sayWhen(input)}${moved}${n}.`
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** Events and overrides near the change: coincidence until shown otherwise, and called that. */
function nearby(input: NarrationInput): Sentence[] {
  const { report, remembered, today } = input
  const events = report.findings.filter((one) => one.kind === 'event')
  const shift = events.find((one) => one.id === 'shift_date')?.value
  const said = typeof shift === 'string' ? [`It began on ${formatDay(shift, today)}.`] : []
  for (const event of events.filter((one) => one.id.startsWith('event.change.')).slice(0, MOST_EVENTS)) {
    const when = typeof event.value === 'string' ? `, on ${formatDay(event.value, today)}` : ''
    said.push(ended(`At about that time${when}: ${event.label}`))
  }
  const overruled = events.find((one) => one.id === 'event.overrides')
  const rule = events.find((one) => one.id.startsWith('event.overrides.rule='))
  if (typeof overruled?.value === 'number' && overruled.value > 0) {
    const same = typeof rule?.value === 'number' ? `; ${formatCount(rule.value)} of them ${lowerFirst(rule.label)}` : ''
    const where = saySegment(overruled.segment) ? ' there' : ''
    const times = overruled.value === 1 ? 'once' : `${formatCount(overruled.value)} times`
    said.push(ended(`People overruled the agent ${times}${where}${same}`))
  }
  const decision = remembered.find((one) => /^(decision|thread|allocation|rule)$/.test(one.kind))
  if (decision) said.push(ended(`Decided before on something like it: ${decision.title}`))
  return sentences(...said)
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
