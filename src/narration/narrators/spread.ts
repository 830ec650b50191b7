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
    body: [sentences(second, extremes)].filter((one) => one.length > 0),
    restsOn: restsOn(input, ratio?.n ?? again?.n ?? null),
    derived: [],
  }
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
