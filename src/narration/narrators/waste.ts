import { findFigure, numberAt, numberOf } from '../find-figure.ts'
import { dollarStep, formatDollars, roundTogether } from '../format-money.ts'
import { formatShare } from '../format-number.ts'
import { type Narration, type NarrationInput, sentences } from '../narration.ts'
import { restsOn } from '../rests-on.ts'
import { movedNote, nothingThere, sayScope, sayWhen } from '../say-subject.ts'

/** Dollars that brought nothing, each in one class. */
export function narrateWaste(input: NarrationInput): Narration {
  const { report } = input
  const waste = findFigure(report, 'waste')
  const dollars = numberOf(waste)
  const spend = findFigure(report, 'spend')
  if (!waste || !spend?.n) return nothingThere(input)
  const share = waste.share === undefined ? '' : ` (${formatShare(waste.share)} of what agents spent)`
  const lead =
    dollars === null
      ? `How much of ${sayScope(input)} was wasted ${sayWhen(input)} is unknown: its calls have no price.`
      : `${formatDollars(dollars)} of ${formatDollars(numberAt(report, 'spend') ?? dollars, dollarStep(dollars))} spent on ${sayScope(input)} ${sayWhen(input)} brought nothing${share}.`
  const classes = report.findings
    .filter((one) => one.id.startsWith('waste.') && (numberOf(one) ?? 0) > 0)
    .sort((a, b) => numberOf(b)! - numberOf(a)!)
  const step = dollarStep(dollars ?? 0)
  const shown = roundTogether(
    classes.map((one) => numberOf(one)!),
    step,
  )
  const parts = classes.map((one, index) => `${one.label.toLowerCase()} ${formatDollars(shown[index]!, step)}`)
  const unused = findFigure(report, 'unused_documents')
  return {
    lead: [{ text: lead }, ...sentences(movedNote(input))],
    body: [
      sentences(
        parts.length > 0 && `Each dollar once: ${parts.join(', ')}.`,
        numberOf(unused) !== null && `${formatShare(numberOf(unused)!)} of retrieved documents were not used.`,
      ),
    ].filter((one) => one.length > 0),
    restsOn: restsOn(input, spend.n),
    derived: [],
  }
}
