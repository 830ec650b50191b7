import type { Finding } from '../../domain/finding.ts'
import { findFigure, numberAt, numberOf } from '../find-figure.ts'
import { formatDollars } from '../format-money.ts'
import { countOf, formatRatio } from '../format-number.ts'
import { type Narration, type NarrationInput, sentences } from '../narration.ts'
import { restsOn } from '../rests-on.ts'
import { movedNote, nothingThere, sayScope, sayWhen } from '../say-subject.ts'

/** How much the cost of the same work varies. */
export function narrateSpread(input: NarrationInput): Narration {
  const { report, unit } = input
  const ratio = findFigure(report, 'spread.p90_p10')
  const [low, high, middle] = ['spread.p10', 'spread.p90', 'spread.median'].map((id) => numberAt(report, id))
  const again = findFigure(report, 'same_input.median')
  if (!ratio?.n && !again) return nothingThere(input)
  const sameInput = numberOf(again)
  const widest = numberAt(report, 'same_input.max')
  const inputs = numberAt(report, 'same_input.inputs')
  const scope = sayScope(input)
  const factor = numberOf(ratio)
  const general =
    factor !== null && low !== null && high !== null && low !== undefined && high !== undefined
      ? `One ${unit} in ten costs less than ${formatDollars(low)} and one in ten more than ${formatDollars(high)}: ${formatRatio(factor)} times as much${middle == null ? '' : ` (the middle one costs ${formatDollars(middle)})`}.`
      : null
  const same =
    sameInput === null
      ? null
      : `The very same ${unit}, run again, typically costs ${formatRatio(sameInput)} times as much at its dearest as at its cheapest${widest === null ? '' : `, at worst ${formatRatio(widest)} times`}${inputs === null ? '' : ` (${countOf(inputs, 'input', 'inputs')} run more than once)`}.`
  const [mostTimes, least, most] = ['spread.max_min', 'spread.min', 'spread.max'].map((id) => numberAt(report, id))
  const extremes =
    mostTimes == null || least == null || most == null
      ? null
      : `From ${formatDollars(least)} to ${formatDollars(most)} at the ends, ${formatRatio(mostTimes)} times.`
  const [first, second] = same ? [same, general] : [general, null]
  return {
    lead: [
      {
        text: `${scope.charAt(0).toUpperCase()}${scope.slice(1)}, ${sayWhen(input)}: ${lowerFirst(first ?? 'the spread is unknown, as no cost is known.')}`,
        strong: true,
      },
      ...sentences(movedNote(input)),
    ],
    body: [sentences(second, extremes), sentences(sayPair(input))].filter((one) => one.length > 0),
    restsOn: restsOn(input, ratio?.n ?? again?.n ?? null),
    derived: [],
  }
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}

/** "claim-9 ($14.73, 3 attempts) and claim-4 ($0.15, 1 attempt) part at the step assess: $9.80 in 9 calls against $0.10 in 1." */
function sayPair({ report }: NarrationInput): string | null {
  const [dearest, cheapest] = [findFigure(report, 'pair.dearest'), findFigure(report, 'pair.cheapest')]
  if (!dearest || !cheapest || numberOf(dearest) === null || numberOf(cheapest) === null) return null
  const [above, below] = [findFigure(report, 'pair.parting.dearest'), findFigure(report, 'pair.parting.cheapest')]
  const one = (finding: Finding) =>
    `${finding.label} (${formatDollars(numberOf(finding)!)}, ${countOf(finding.n ?? 1, 'attempt', 'attempts')})`
  const calls = (finding: Finding) =>
    finding.n === 0 ? 'none' : `${formatDollars(numberOf(finding)!)} in ${countOf(finding.n ?? 0, 'call', 'calls')}`
  const parting =
    above && below
      ? ` part most at the step ${above.label}: ${calls(above)} against ${calls(below)}`
      : ' differ in no step that tells its cost'
  return `Side by side, ${one(dearest)} and ${one(cheapest)}${parting}.`
}
