import type { Finding } from '../../domain/finding.ts'
import { numberOf } from '../find-figure.ts'
import { formatDollars, roundTogether } from '../format-money.ts'
import { formatCount } from '../format-number.ts'
import type { NarrationInput, Sentence } from '../narration.ts'
import { sayDriver, saySegment } from '../say-segment.ts'
import type { ChangeFigures } from './change-figures.ts'
import { type ChangePart, changeParts } from './change-parts.ts'

interface ShownPart extends ChangePart {
  /** Rounded together with the others, so that they add up as they are read. */
  shown: number
}

/** Parts below this share of the change are told as one. */
const SMALL_SHARE = 0.05

/** The causes with what happened in each, and what is left of the change by driver; as displayed they add up to it. */
export function sayCauses(
  input: NarrationInput,
  figures: ChangeFigures,
): { paragraphs: Sentence[][]; derived: Finding[] } {
  const { change, step } = figures
  if (change?.unit !== 'usd') return { paragraphs: [], derived: [] }
  const { causes, rest } = changeParts(input.report.findings, figures)
  const small = Math.abs(numberOf(change) ?? 0) * SMALL_SHARE
  const large = rest.filter((part) => Math.abs(part.dollars) >= small)
  const smaller = sumOf(rest.filter((part) => Math.abs(part.dollars) < small))
  const totals = causes.map((one) => sumOf(one.parts))
  const rounded = roundTogether([...totals, ...large.map((part) => part.dollars), smaller], step)
  const told = causes.map(({ cause, parts }, index) => {
    const shown = roundTogether(
      parts.map((part) => part.dollars),
      step,
      rounded[index]!,
    )
    return {
      cause,
      total: rounded[index]!,
      parts: parts.map((part, at): ShownPart => ({ ...part, shown: shown[at]! })),
    }
  })
  const others = large.map((part, index): ShownPart => ({ ...part, shown: rounded[causes.length + index]! }))
  const derived = [
    ...told.map(({ cause }, index) =>
      partFinding(
        `segment_change.${index + 1}`,
        `Change in the segment of cause ${index + 1}`,
        totals[index]!,
        change,
        cause,
      ),
    ),
    ...told.flatMap(({ cause, parts }, index) =>
      parts.map((part) =>
        partFinding(
          `part.${index + 1}.${part.driver ?? 'other'}`,
          'Part of a cause',
          part.dollars,
          change,
          cause,
          part.driver,
        ),
      ),
    ),
    ...others.map((part) =>
      partFinding(
        `rest.${part.driver ?? 'unexplained'}`,
        'Beside the named causes',
        part.dollars,
        change,
        undefined,
        part.driver,
      ),
    ),
    partFinding('rest.smaller', 'Smaller shifts beside the named causes', smaller, change),
  ]
  const now = numberOf(figures.now)
  const last: Sentence[] = sayOthers(others, rounded.at(-1)!, told.length > 0, step)
  if (now !== null && told.length > 0) {
    const without = Math.round((now - sumOf(told.flatMap((one) => one.parts))) * 1e6) / 1e6
    derived.push({
      ...base(change),
      id: 'without_segments',
      label: 'Without what happened there',
      value: without,
      source: SOURCE,
    })
    last.push({ text: `Without what happened there it would have been ${formatDollars(without, step)}.` })
  }
  const noun = input.plan.workflow ?? 'work'
  const paragraphs = [told.map((one) => sayCause(one.cause, one.total, one.parts, step, noun)), last]
  return { paragraphs: paragraphs.filter((one) => one.length > 0), derived }
}

function sumOf(parts: readonly ChangePart[]): number {
  return parts.reduce((sum, part) => sum + Math.round(part.dollars * 1e6), 0) / 1e6
}

function sayOthers(others: readonly ShownPart[], smaller: number, isBeside: boolean, step: number): Sentence[] {
  const said = sayParts(others, step)
  const amount = `${smaller < 0 ? '-' : ''}${formatDollars(Math.abs(smaller), step)}`
  const together = Math.abs(smaller) >= step / 2 ? `${said ? ', ' : ''}smaller shifts ${amount} together` : ''
  return said || together ? [{ text: `${isBeside ? 'Beside that' : 'By what moved'}: ${said}${together}.` }] : []
}

const SOURCE = 'explain_change: contributions, put together by cause'

function sayCause(cause: Finding, total: number, parts: readonly ShownPart[], step: number, noun: string): Sentence {
  const where = [
    saySegment(cause.segment),
    cause.model && !saySegment(cause.segment).includes(cause.model) ? `model ${cause.model}` : '',
  ]
    .filter(Boolean)
    .join(', ')
    .replace(/^with/, `${noun} with`)
  const n = cause.n === undefined ? '' : ` (n ${formatCount(cause.n)})`
  const amount = `${total < 0 ? '-' : ''}${formatDollars(Math.abs(total), step)}`
  return { text: `${amount} of it is ${where || 'everywhere'}${n}: ${sayParts(parts, step)}.`, strong: true }
}

/** "more retries $87, fewer corrections by people -$5", largest first; what rounds to nothing is left out. */
function sayParts(parts: readonly ShownPart[], step: number): string {
  const visible = parts.filter((part) => Math.abs(part.shown) >= step / 2)
  return [...visible]
    .sort((a, b) => Math.abs(b.shown) - Math.abs(a.shown))
    .map((part) => {
      const amount = `${part.shown < 0 ? '-' : ''}${formatDollars(Math.abs(part.shown), step)}`
      return `${part.driver ? sayDriver(part.driver, part.shown > 0) : 'what nothing explains'} ${amount}`
    })
    .join(', ')
}

function partFinding(
  id: string,
  label: string,
  dollars: number,
  change: Finding,
  cause?: Finding,
  driver?: ChangePart['driver'],
): Finding {
  return {
    ...base(change),
    id,
    label,
    value: dollars,
    source: SOURCE,
    ...(driver && { driver }),
    ...(cause?.segment && { segment: cause.segment }),
  }
}

function base(change: Finding) {
  return {
    kind: 'figure' as const,
    unit: 'usd' as const,
    period: change.period,
    ...(change.comparedWith && { comparedWith: change.comparedWith }),
  }
}
