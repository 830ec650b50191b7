import type { Finding } from '../../domain/finding.ts'
import { numberOf } from '../find-figure.ts'
import { formatDollars, roundTogether } from '../format-money.ts'
import { formatCount } from '../format-number.ts'
import type { NarrationInput, Sentence } from '../narration.ts'
import { sayDriver, saySegment } from '../say-segment.ts'
import type { ChangeFigures } from './change-figures.ts'
import { type ChangePart, changeParts } from './change-parts.ts'

interface ShownPart extends ChangePart {
  /** Rounded together with all the others, so that they add up as they are read. */
  shown: number
}

/** The causes with what happened in each, and what is left of the change by driver; as displayed they add up to it. */
export function sayCauses(
  input: NarrationInput,
  figures: ChangeFigures,
): { paragraphs: Sentence[][]; derived: Finding[] } {
  const { change, step } = figures
  if (change?.unit !== 'usd') return { paragraphs: [], derived: [] }
  const { causes, rest } = changeParts(input.report.findings, figures)
  const all = [...causes.flatMap((one) => one.parts), ...rest]
  if (all.length === 0) return { paragraphs: [], derived: [] }
  const rounded = roundTogether(
    all.map((part) => part.dollars),
    step,
  )
  const shown = all.map((part, index): ShownPart => ({ ...part, shown: rounded[index]! }))
  let at = 0
  const told = causes.map(({ cause, parts }) => {
    const own = shown.slice(at, at + parts.length)
    at += parts.length
    return { cause, parts: own }
  })
  const others = shown.slice(at)
  const derived = [
    ...told.map(({ cause, parts }, index) =>
      partFinding(`segment_change.${index + 1}`, `Change in the segment of cause ${index + 1}`, parts, change, cause),
    ),
    ...told.flatMap(({ cause, parts }, index) =>
      parts.map((part) =>
        partFinding(`part.${index + 1}.${part.driver ?? 'other'}`, 'Part of a cause', [part], change, cause),
      ),
    ),
    partFinding(
      'rest.smaller',
      'Smaller shifts beside the named causes',
      others.filter((part) => Math.abs(part.dollars) < Math.abs(numberOf(change) ?? 0) * SMALL_SHARE),
      change,
    ),
    ...others.map((part) =>
      partFinding(`rest.${part.driver ?? 'unexplained'}`, 'Beside the named causes', [part], change),
    ),
  ]
  const now = numberOf(figures.now)
  const total = told.flatMap((one) => one.parts).reduce((sum, part) => sum + part.dollars, 0)
  const paragraphs: Sentence[][] = [
    told.map((one) => sayCause(one.cause, one.parts, step)),
    sayOthers(others, told.length > 0, step, Math.abs(numberOf(change) ?? 0) * SMALL_SHARE),
  ]
  if (now !== null && told.length > 0) {
    const without = Math.round((now - total) * 1e6) / 1e6
    derived.push({
      ...base(change),
      id: 'without_segments',
      label: 'Without what happened there',
      value: without,
      source: SOURCE,
    })
    paragraphs[1]!.push({ text: `Without what happened there it would have been ${formatDollars(without, step)}.` })
  }
  return { paragraphs: paragraphs.filter((one) => one.length > 0), derived }
}

/** Parts below this share of the change are told as one. */
const SMALL_SHARE = 0.05

function sayOthers(others: readonly ShownPart[], isBeside: boolean, step: number, small: number): Sentence[] {
  const large = others.filter((part) => Math.abs(part.dollars) >= small)
  const left = others.filter((part) => Math.abs(part.dollars) < small).reduce((sum, part) => sum + part.shown, 0)
  const said = large.length > 0 ? sayParts(large, step) : ''
  const amount = `${left < 0 ? '-' : ''}${formatDollars(Math.abs(left), step)}`
  const smaller = Math.abs(left) >= step / 2 ? `${said ? ', ' : ''}smaller shifts ${amount} together` : ''
  return said || smaller ? [{ text: `${isBeside ? 'Beside that' : 'By what moved'}: ${said}${smaller}.` }] : []
}

const SOURCE = 'explain_change: contributions, put together by cause'

function sayCause(cause: Finding, parts: readonly ShownPart[], step: number): Sentence {
  const total = parts.reduce((sum, part) => sum + part.shown, 0)
  const where = [
    saySegment(cause.segment),
    cause.model && !saySegment(cause.segment).includes(cause.model) ? `model ${cause.model}` : '',
  ]
    .filter(Boolean)
    .join(', ')
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
  parts: readonly ChangePart[],
  change: Finding,
  cause?: Finding,
): Finding {
  const dollars = parts.reduce((sum, part) => sum + Math.round(part.dollars * 1e6), 0) / 1e6
  const driver = parts.length === 1 ? parts[0]!.driver : null
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
