import { plural } from '../../analysis/economics/build-findings.ts'
import { breakdownOf, findFigure, numberAt, numberOf } from '../find-figure.ts'
import { formatDollars } from '../format-money.ts'
import { formatRatio, formatShare } from '../format-number.ts'
import { type Narration, type NarrationInput, sentences } from '../narration.ts'
import { restsOn } from '../rests-on.ts'
import { sayChange } from '../say-change.ts'
import { saySegment } from '../say-segment.ts'
import { movedNote, nothingThere, sayScope, sayWhen } from '../say-subject.ts'

/** What retries cost: dollars after the first attempt, the first-try share, and what the two predict of the unit cost. */
export function narrateRetryTail(input: NarrationInput): Narration {
  const { report, unit } = input
  const after = findFigure(report, 'after_first_attempt')
  const dollars = numberOf(after)
  const firstTry = numberAt(report, 'first_try')
  if (!after?.n || (dollars === null && firstTry === null)) return nothingThere(input)
  const share = after.share === undefined ? '' : ` (${formatShare(after.share)} of what they cost)`
  const lead =
    dollars === null
      ? `What retries of ${sayScope(input)} cost ${sayWhen(input)} is unknown: their calls have no price.`
      : `${formatDollars(dollars)} went into attempts after the first for ${sayScope(input)} ${sayWhen(input)}${share}${sayChange(input, 'after_first_attempt', 'usd')}.`
  const attempts = numberAt(report, 'attempts_per_resolved')
  const predicted = numberAt(report, 'predicted_cost')
  const measured = numberAt(report, 'measured_runs_cost')
  const worst = [...breakdownOf(report, 'after_first_attempt')]
    .filter((one) => numberOf(one) !== null)
    .sort((a, b) => numberOf(b)! - numberOf(a)!)[0]
  return {
    lead: [{ text: lead }, ...sentences(movedNote(input))],
    body: [
      sentences(
        firstTry !== null &&
          `${formatShare(firstTry)} of ${plural(unit)} are resolved at the first attempt without a correction${sayChange(input, 'first_try', 'share')}${attempts === null ? '' : `; ${formatRatio(attempts)} attempts per resolved ${unit}`}.`,
        predicted !== null &&
          measured !== null &&
          `First-try completion alone predicts ${formatDollars(predicted)} per resolved ${unit}; measured, agents only: ${formatDollars(measured)}.`,
        worst && `Most of it: ${saySegment(worst.segment)}, ${formatDollars(numberOf(worst)!)}.`,
      ),
    ],
    restsOn: restsOn(input, after.n),
    derived: [],
  }
}
