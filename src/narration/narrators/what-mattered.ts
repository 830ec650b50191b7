import { plural } from '../../analysis/economics/build-findings.ts'
import type { Finding } from '../../domain/finding.ts'
import { findFigure, numberAt, numberOf } from '../find-figure.ts'
import { countOf, formatPoints, formatShare } from '../format-number.ts'
import { type Narration, type NarrationInput, sentences } from '../narration.ts'
import { restsOn } from '../rests-on.ts'
import { movedNote, nothingThere, sayScope, sayWhen } from '../say-subject.ts'

const MOST = 3

/** Which steps, documents and tools go with resolution, and which paths the work took. */
export function narrateWhatMattered(input: NarrationInput): Narration {
  const { report, unit } = input
  const paths = findFigure(report, 'paths')
  if (!paths?.n) return nothingThere(input)
  const features = report.findings.filter((one) => one.id.startsWith('feature.') && numberOf(one) !== null)
  const outstanding = features.filter((one) => one.interval && (one.interval.low > 0 || one.interval.high < 0))
  const kind = /^(?:step|document|tool)$/.test(input.plan.groupBy ?? '')
    ? `${input.plan.groupBy}`
    : 'step, document or tool'
  const lead =
    outstanding.length > 0
      ? `Of ${unit === 'item' ? `items of ${sayScope(input)}` : sayScope(input)} ${sayWhen(input)}, ${sayFeature(outstanding[0]!, unit)}.`
      : `No ${kind} goes with whether ${unit === 'item' ? `items of ${sayScope(input)}` : sayScope(input)} were resolved ${sayWhen(input)}: none stands out from chance.`
  const others = outstanding.slice(1, 1 + MOST).map((one) => `${capital(sayFeature(one, unit))}.`)
  return {
    lead: [{ text: lead, strong: outstanding.length > 0 }, ...sentences(movedNote(input))],
    body: [
      sentences(
        ...others,
        outstanding.length > 0 &&
          'This is held inside the same segment and says what goes with it, not what causes it.',
      ),
      sentences(sayPaths(input)),
    ].filter((one) => one.length > 0),
    restsOn: restsOn(input, paths.n),
    derived: [],
  }
}

/** "those with the step X were resolved less often, by 6.4 points (likely between 1.4 and 27 points)". */
function sayFeature(finding: Finding, unit: string): string {
  const [, kind = '', ...name] = finding.id.split('.')
  const value = numberOf(finding)!
  const { low, high } = finding.interval!
  const [near, far] = [Math.min(Math.abs(low), Math.abs(high)), Math.max(Math.abs(low), Math.abs(high))]
  const n = finding.n === undefined ? '' : `, ${countOf(finding.n, unit, plural(unit))} compared`
  return `those with the ${kind} ${name.join('.')} were resolved ${value > 0 ? 'more' : 'less'} often, by ${formatPoints(value)} (likely between ${formatPoints(near)} and ${formatPoints(far)}${n})`
}

function sayPaths({ report, unit }: NarrationInput): string | null {
  const count = numberAt(report, 'paths')
  const commonest = findFigure(report, 'path.1')
  const rate = numberOf(commonest)
  if (count === null || !commonest || rate === null || commonest.share === undefined) return null
  const name = commonest.label.replace(/^Resolution rate on the path /, '')
  if (count === 1) return `All took one path: ${name}; ${formatShare(rate)} of them were resolved.`
  const second = findFigure(report, 'path.2')
  const other =
    numberOf(second) === null || second?.share === undefined
      ? ''
      : ` The next (${formatShare(second.share)}): ${second.label.replace(/^Resolution rate on the path /, '')}; ${formatShare(numberOf(second)!)} resolved.`
  return `${countOf(count, 'path', 'paths')} in all. The commonest (${formatShare(commonest.share)} of ${plural(unit)}): ${name}; ${formatShare(rate)} resolved.${other}`
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
