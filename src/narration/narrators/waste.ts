import { breakdownOf, findFigure, numberAt, numberOf } from '../find-figure.ts'
import { dollarStep, formatDollars, roundTogether } from '../format-money.ts'
import { formatShare } from '../format-number.ts'
import { type Narration, type NarrationInput, sentences } from '../narration.ts'
import { restsOn } from '../rests-on.ts'
import { saySegment } from '../say-segment.ts'
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
    .filter((one) => one.id.startsWith('waste.') && !one.id.includes('=') && (numberOf(one) ?? 0) > 0)
    .sort((a, b) => numberOf(b)! - numberOf(a)!)
  const step = dollarStep(dollars ?? 0)
  const shown = roundTogether(
    classes.map((one) => numberOf(one)!),
    step,
  )
  const parts = classes.map((one, index) => `${one.label.toLowerCase()} ${formatDollars(shown[index]!, step)}`)
  const all = report.findings.filter((one) => one.id.startsWith('waste.') && !one.id.includes('='))
  const none = all.filter((one) => numberOf(one) === 0).map((one) => one.label.toLowerCase())
  const unknown = all.filter((one) => one.value === null).map((one) => one.label.toLowerCase())
  return {
    lead: [{ text: lead }, ...sentences(movedNote(input))],
    body: [
      sentences(
        parts.length > 0 && `Each dollar once: ${parts.join(', ')}.`,
        dollars !== null && none.length > 0 && `Nothing in: ${none.join(', ')}.`,
        dollars !== null && unknown.length > 0 && `Not known: ${unknown.join(', ')}.`,
      ),
      sentences(saySegments(input), sayDocuments(input)),
    ].filter((one) => one.length > 0),
    restsOn: restsOn(input, spend.n),
    derived: [],
  }
}

function saySegments({ report }: NarrationInput): string | null {
  const parts = breakdownOf(report, 'waste').filter((one) => (numberOf(one) ?? 0) > 0)
  if (parts.length === 0) return null
  const said = parts.slice(0, 3).map((one) => {
    const share = one.share === undefined ? '' : ` (${formatShare(one.share)} of its spend)`
    return `${saySegment(one.segment)} ${formatDollars(numberOf(one)!)}${share}`
  })
  return `Most of it: ${said.join(', ')}.`
}

function sayDocuments({ report }: NarrationInput): string | null {
  const unused = numberOf(findFigure(report, 'unused_documents'))
  if (unused === null) return null
  const priced = numberOf(findFigure(report, 'unused_documents.priced'))
  const known = priced === null || priced === 1 ? '' : `; the length of ${formatShare(priced)} of those is known`
  return `${formatShare(unused)} of retrieved documents were not used${known}.`
}
