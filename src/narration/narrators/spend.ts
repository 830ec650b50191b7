import { plural } from '../../analysis/economics/build-findings.ts'
import type { Finding } from '../../domain/finding.ts'
import { breakdownOf, findFigure, numberAt, numberOf } from '../find-figure.ts'
import { dollarStep, formatDollars, roundTogether } from '../format-money.ts'
import { countOf } from '../format-number.ts'
import { type Narration, type NarrationInput, sentences } from '../narration.ts'
import { restsOn } from '../rests-on.ts'
import { sayChange } from '../say-change.ts'
import { sayName, saySegment } from '../say-segment.ts'
import { movedNote, nothingThere, sayScope, sayWhen } from '../say-subject.ts'

const MOST_PARTS = 4

/** Dollars spent in the period and on what. */
export function narrateSpend(input: NarrationInput): Narration {
  const { report, unit } = input
  const spend = findFigure(report, 'spend')
  const dollars = numberOf(spend)
  const items = numberAt(report, 'worked_items') ?? spend?.n ?? 0
  if (!spend || (dollars === null && items === 0) || (items === 0 && dollars === 0)) return nothingThere(input)
  const scope = sayScope(input)
  const lead =
    dollars === null
      ? `What ${scope} cost ${sayWhen(input)} is unknown: no call of it has a price.`
      : `${formatDollars(dollars)} went into ${scope} ${sayWhen(input)}${sayChange(input, 'spend', 'usd')}.`
  const runs = numberAt(report, 'runs')
  const volume = [countOf(items, unit, plural(unit)), runs === null ? '' : countOf(runs, 'run', 'runs')]
    .filter(Boolean)
    .join(' in ')
  const kinds = report.findings.filter((one) => one.id.startsWith('spend.kind=') && numberOf(one) !== null)
  const groups = dimensionsOf(breakdownOf(report, 'spend'))
  return {
    lead: [{ text: lead }, ...sentences(movedNote(input))],
    body: [
      sentences(`${volume}${kinds.length > 1 ? `: ${sayKinds(kinds)}` : ''}.`),
      sentences(...groups.map(sayBreakdown)),
    ],
    restsOn: restsOn(input, items),
    derived: [],
  }
}

/** "model calls $2,050, tool fees $20, people’s corrections $240", rounded so that they add up. */
function sayKinds(kinds: readonly Finding[]): string {
  const amounts = kinds.map((one) => numberOf(one)!)
  const step = dollarStep(amounts.reduce((sum, amount) => sum + amount, 0))
  const shown = roundTogether(amounts, step)
  return kinds.map((one, index) => `${one.label.toLowerCase()} ${formatDollars(shown[index]!, step)}`).join(', ')
}

/** The parts by the dimension that they cut by. */
function dimensionsOf(parts: readonly Finding[]): Finding[][] {
  const groups = new Map<string, Finding[]>()
  for (const part of parts) {
    const dimension = /\.([^.=]+)=/.exec(part.id)?.[1] ?? ''
    if (dimension !== 'kind') groups.set(dimension, [...(groups.get(dimension) ?? []), part])
  }
  return [...groups.values()].filter((group) => group.length > 1)
}

/** "By region: TX $410, CA $96.", the largest first. */
export function sayBreakdown(parts: readonly Finding[]): string {
  const largest = [...parts].filter((part) => numberOf(part) !== null).sort((a, b) => numberOf(b)! - numberOf(a)!)
  const amounts = largest.map((part) => numberOf(part)!)
  const step = dollarStep(amounts.reduce((sum, amount) => sum + amount, 0))
  // Rounded together, to the place of what they add up to: the parts that are shown make the whole that is shown.
  const shown = roundTogether(amounts, step)
  const said = largest
    .slice(0, MOST_PARTS)
    .map((part, index) => `${partName(part)} ${formatDollars(shown[index]!, step)}`)
  const [dimension] = Object.entries(parts[0]?.segment ?? {}).at(-1) ?? ['']
  return `By ${sayName(dimension)}: ${said.join(', ')}${largest.length > MOST_PARTS ? ', others less' : ''}.`
}

/** The part's own value, without the question's filters: "TX", "with exception docs". */
function partName(part: Finding): string {
  const [name, value] = Object.entries(part.segment ?? {}).at(-1) ?? ['', '']
  return value === 'true' || value === 'false' ? saySegment({ [name]: value }) : value
}
