import { findFigure, numberOf } from '../find-figure.ts'
import { dollarStep, formatDollars, roundTogether } from '../format-money.ts'
import { formatCount } from '../format-number.ts'
import { type Narration, type NarrationInput, sentences } from '../narration.ts'
import { restsOn } from '../rests-on.ts'
import { sayInterval } from '../say-change.ts'
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
  const names = [first, second].map((side) => nameOf(side.label))
  const lead = `${first.label.split(',')[0]}${where} ${sayWhen(input)}: ${formatDollars(one, step)} for ${names[0]} (n ${formatCount(first.n ?? 0)}) against ${formatDollars(other, step)} for ${names[1]} (n ${formatCount(second.n ?? 0)}), ${formatDollars(Math.abs(apart), step)} ${apart >= 0 ? 'more' : 'less'}${sayInterval(input, 'difference')}.`
  const parts = report.findings.filter((finding) => finding.kind === 'contribution' && numberOf(finding) !== null)
  const shown = roundTogether(
    parts.map((part) => numberOf(part)!),
    step,
  )
  const said = parts
    .map((part, index) => ({ part, value: shown[index]! }))
    .filter(({ value }) => Math.abs(value) >= step / 2)
    .sort((a, b) => Math.abs(b.value) - Math.abs(a.value))
    .map(
      ({ part, value }) =>
        `${sayPart(part.driver ? sayDriver(part.driver, value > 0) : part.label, part.label)} ${value < 0 ? '-' : ''}${formatDollars(Math.abs(value), step)}`,
    )
  return {
    lead: sentences(lead, movedNote(input)),
    body: [sentences(said.length > 0 && `What makes it: ${said.join(', ')}.`)].filter((one) => one.length > 0),
    restsOn: restsOn(input, null),
    derived: [],
  }
}

/** The side's own name: what follows the measure in its label. */
function nameOf(label: string): string {
  const name = label.split(', ').slice(1).join(', ')
  return name === 'true' ? saySegment({ it: 'true' }) : name || label
}

/** Two parts of one driver (fewer resolved, fewer items) are told apart by the analysis' own words. */
function sayPart(driver: string, label: string): string {
  return /resolved|model/i.test(label) ? label : driver
}
