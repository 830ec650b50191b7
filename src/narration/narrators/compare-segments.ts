import { DRIVERS, type Driver, type Finding } from '../../domain/finding.ts'
import { findFigure, numberOf } from '../find-figure.ts'
import { dollarStep, formatDollars, roundTogether } from '../format-money.ts'
import { formatCount, formatValue } from '../format-number.ts'
import { type Narration, type NarrationInput, sentences } from '../narration.ts'
import { restsOn } from '../rests-on.ts'
import { sayDriver, saySegment } from '../say-segment.ts'
import { ended, movedNote, nothingThere, sayWhen } from '../say-subject.ts'

/** Why one side costs more than the other: both unit costs, the difference, and what makes it. */
export function narrateCompareSegments(input: NarrationInput): Narration {
  const { report, plan } = input
  const [first, second, difference] = ['unit_cost.first', 'unit_cost.second', 'difference'].map((id) =>
    findFigure(report, id),
  )
  const [one, other, apart] = [first, second, difference].map(numberOf)
  if (!first || !second) return nothingThere(input)
  const where = plan.workflow ? ` in ${plan.workflow}` : ''
  if (one == null || other == null || apart == null) {
    const missing = report.findings.find((finding) => finding.kind === 'verdict')
    return {
      lead: sentences(ended(missing?.label ?? 'One of the two sides has no known cost'), movedNote(input)),
      body: [],
      restsOn: restsOn(input, null),
      derived: [],
    }
  }
  const step = dollarStep(Math.max(one, other))
  const rate = findFigure(report, `${plan.metric}.difference`)
  const names = [first, second].map((side) => nameOf(side, plan.groupBy))
  const lead = `${first.label.split(',')[0]}${where} ${sayWhen(input)}: ${formatDollars(one, step)} for ${names[0]} (n ${formatCount(first.n ?? 0)}) against ${formatDollars(other, step)} for ${names[1]} (n ${formatCount(second.n ?? 0)}), ${formatDollars(Math.abs(apart), step)} ${apart >= 0 ? 'more' : 'less'}${sayDistance(difference!, step)}.`
  const parts = driverSums(report.findings)
  const shown = roundTogether(
    parts.map((part) => part.dollars),
    step,
  )
  const said = parts
    .map((part, index) => ({ driver: part.driver, value: shown[index]! }))
    .filter(({ value }) => Math.abs(value) >= step / 2)
    .sort((left, right) => Math.abs(right.value) - Math.abs(left.value))
    .map(({ driver, value }) => {
      const what =
        driver === 'items' ? `${value > 0 ? 'fewer' : 'more'} of them resolved` : sayDriver(driver, value > 0)
      // More or fewer says which way it goes.
      return `${what} ${formatDollars(Math.abs(value), step)}`
    })
  return {
    lead: sentences(premiseNote(input, rate ?? difference!), sayRate(input, names), lead, movedNote(input)),
    body: [sentences(said.length > 0 && `What makes it: ${said.join(', ')}.`)].filter((one) => one.length > 0),
    restsOn: restsOn(input, null),
    derived: parts.map(({ driver, dollars }) => ({
      ...withoutInterval(difference!),
      id: `part.${driver}`,
      label: `Part of the difference: ${driver}`,
      value: dollars,
      driver,
    })),
  }
}

/** Where the question takes for granted that the first side is higher, or lower, and it is not. */
function premiseNote({ premise }: NarrationInput, { value, interval }: Finding): string | null {
  if (!premise || typeof value !== 'number') return null
  const isSo = premise === 'rise' ? value > 0 : value < 0
  if (isSo) return null
  const isSure = interval != null && (interval.low > 0 || interval.high < 0)
  return isSure ? 'It is the other way round.' : 'The data do not show that.'
}

/** The rate that the question is about, on both sides; nothing where it is about cost. */
function sayRate({ report, plan }: NarrationInput, names: readonly string[]): string | null {
  const [first, second] = ['first', 'second'].map((side) => findFigure(report, `${plan.metric}.${side}`))
  if (!first || !second) return null
  const say = (figure: Finding) => formatValue(numberOf(figure), figure.unit)
  const label = first.label.split(',')[0]
  return `${label}: ${say(first)} for ${names[0]} against ${say(second)} for ${names[1]}.`
}

/** " (likely between $0.23 and $0.60 less)": the interval of a difference in the words of the difference. */
function sayDistance({ value, interval }: Finding, step: number): string {
  if (!interval || typeof value !== 'number') return ''
  const say = (bound: number) => formatDollars(Math.abs(bound), step)
  const { low, high } = interval
  if (low >= 0 && high > 0) return ` (likely between ${say(low)} and ${say(high)} more)`
  if (high <= 0 && low < 0) return ` (likely between ${say(high)} and ${say(low)} less)`
  return ` (likely between ${say(low)} less and ${say(high)} more: no sure difference)`
}

/** The side's own name: its value of the compared dimension, else what follows the measure in its label. */
function nameOf(side: Finding, dimension: string | undefined): string {
  const value = dimension === undefined ? undefined : side.segment?.[dimension]
  if (dimension !== undefined && value !== undefined) return saySegment({ [dimension]: value })
  return side.label.split(', ').slice(1).join(', ') || side.label
}

/** The contributions put together by driver, in the order of drivers. */
function driverSums(findings: readonly Finding[]): { driver: Driver; dollars: number }[] {
  const parts = findings.filter((one) => one.kind === 'contribution' && numberOf(one) !== null)
  return DRIVERS.map((driver) => ({
    driver,
    dollars:
      parts.filter((one) => one.driver === driver).reduce((sum, one) => sum + Math.round(numberOf(one)! * 1e6), 0) /
      1e6,
  })).filter(({ dollars }) => dollars !== 0)
}

/** The interval and the count are those of the whole difference, not of its parts. */
function withoutInterval({ interval: _, n: __, ...finding }: Finding): Finding {
  return finding
}
