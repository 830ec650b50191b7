import type { Finding } from '../../domain/finding.ts'
import { breakdownOf, findFigure, numberOf } from '../find-figure.ts'
import { formatValue } from '../format-number.ts'
import { type Narration, type NarrationInput, sentences } from '../narration.ts'
import { restsOn } from '../rests-on.ts'
import { sayChange, sayInterval } from '../say-change.ts'
import { movedNote, nothingThere, sayScope, sayWhen } from '../say-subject.ts'

const MOST_OTHERS = 3

/** Any analysis without words of its own: its first figure with its comparison, then the next ones and the largest parts. */
export function narrateGeneric(input: NarrationInput): Narration {
  const { findings } = input.report
  const headline = findings.find((one) => one.kind === 'figure' && typeof one.value === 'number')
  if (!headline) {
    const unknown = findings[0]
    return unknown
      ? {
          lead: sentences(`${sayStatement(unknown)}.`, movedNote(input)),
          body: [],
          restsOn: restsOn(input, null),
          derived: [],
        }
      : nothingThere(input)
  }
  const others = findings
    .filter((one) => one !== headline && one.kind === 'figure' && typeof one.value === 'number')
    .filter((one) => !/\.(before|change)$/.test(one.id) && !one.id.includes('='))
    .slice(0, MOST_OTHERS)
  const parts = breakdownOf(input.report, headline.id).slice(0, MOST_OTHERS)
  const lead = `${headline.label}, ${sayScope(input)}, ${sayWhen(input)}: ${formatValue(headline.value, headline.unit)}${sayInterval(input, headline.id)}${sayChange(input, headline.id, headline.unit)}.`
  return {
    lead: [{ text: lead }, ...sentences(movedNote(input))],
    body: [others, parts]
      .filter((group) => group.length > 0)
      .map((group) => sentences(...group.map((one) => `${sayStatement(one)}.`))),
    restsOn: restsOn(input, itemsOf(input)),
    derived: [],
  }
}

/** Items that the answer rests on; the n of other figures counts calls, weeks or runs. */
function itemsOf({ report }: NarrationInput): number | null {
  const rate = findFigure(report, 'resolution_rate') ?? findFigure(report, 'override_rate')
  return numberOf(findFigure(report, 'closed_items')) ?? rate?.n ?? null
}

/** "Cost per resolved claim, region TX: $2.13 (412)". */
export function sayStatement(finding: Finding): string {
  const n = finding.n === undefined ? '' : ` (n ${formatValue(finding.n, 'count')})`
  return `${finding.label}: ${formatValue(finding.value, finding.unit)}${n}`
}
