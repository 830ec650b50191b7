import { plural } from '../../analysis/economics/build-findings.ts'
import type { Finding } from '../../domain/finding.ts'
import { findFigure, numberOf } from '../find-figure.ts'
import { formatDollars } from '../format-money.ts'
import { countOf, formatCount, formatPoints, formatShare } from '../format-number.ts'
import { type Narration, type NarrationInput, sentences } from '../narration.ts'
import { restsOn } from '../rests-on.ts'
import { saySegment } from '../say-segment.ts'
import { movedNote, nothingThere, sayScope, sayWhen } from '../say-subject.ts'

const MOST = 3

/** Where a cheaper model is good enough, else what a trial would take. */
export function narrateRouting(input: NarrationInput): Narration {
  const { report } = input
  const routes = report.findings.filter((one) => one.id.startsWith('routing.') && numberOf(one) !== null)
  const of = (pattern: RegExp) => routes.filter((one) => pattern.test(one.id))
  const good = of(/^routing\.good_enough\./)
  const worse = of(/^routing\.worse\./)
  const notCheaper = of(/^routing\.not_cheaper\./)
  const trials = of(/^routing\.(?:not_shown|too_few|trial)\./)
  const rates = of(/^routing\.rate\./)
  const items = findFigure(report, 'routing.items')
  if (good.length + worse.length + notCheaper.length + trials.length === 0) return nothingThere(input)
  const lead =
    good.length > 0
      ? `A cheaper model is good enough for part of ${sayScope(input)}, ${sayWhen(input)}: ${good
          .slice(0, MOST)
          .map((one) => sayGood(one, input))
          .join('; ')}.`
      : `No cheaper model is shown to be good enough for ${sayScope(input)}, ${sayWhen(input)}.`
  return {
    lead: [{ text: lead, strong: good.length > 0 }, ...sentences(movedNote(input))],
    body: [
      sentences(
        ...worse.slice(0, MOST).map((one) => sayWorse(one, input)),
        ...notCheaper.slice(0, MOST).map((one) => sayNotCheaper(one, input)),
        ...trials.slice(0, MOST).map((one) => sayTrial(one, input)),
      ),
      sentences(sayRates(rates, input)),
    ].filter((one) => one.length > 0),
    restsOn: restsOn(input, numberOf(items)),
    derived: [],
  }
}

/** The label up to its colon, with the segment as people say it. */
function subjectOf({ label, segment }: Finding, { unit }: NarrationInput): string {
  const [subject = label] = label.split(/ \(|: (?:saves|difference|items)/)
  const entries = Object.entries(segment ?? {})
  return entries.reduce(
    (text, [name, value]) => text.replace(`${name} ${value}`, sayPlace({ [name]: value }, unit)),
    subject,
  )
}

/** "claims without exception docs", "claims (policy type home)". */
function sayPlace(segment: Record<string, string>, unit: string): string {
  const said = saySegment(segment)
  return said.startsWith('with') ? `${plural(unit)} ${said}` : `${plural(unit)} (${said})`
}

function sayGood(finding: Finding, input: NarrationInput): string {
  const { unit } = input
  const n = finding.n === undefined ? '' : ` (${countOf(finding.n, unit, plural(unit))})`
  const against = / against ([^:]+)$/.exec(finding.label)?.[1]
  return `${subjectOf(finding, input)}, saving ${formatDollars(numberOf(finding)!)} on each${against ? ` against ${against}` : ''}${n}`
}

function sayWorse(finding: Finding, input: NarrationInput): string {
  return `${subjectOf(finding, input)}: it resolves ${formatPoints(numberOf(finding)!)} fewer${sayRange(finding)}.`
}

function sayNotCheaper(finding: Finding, input: NarrationInput): string {
  const difference = numberOf(finding)!
  const how = difference === 0 ? 'as many' : `${formatPoints(difference)} ${difference < 0 ? 'fewer' : 'more'}`
  return `${subjectOf(finding, input)}: no worse (it resolves ${how}${sayRange(finding)}), but not shown to cost less.`
}

function sayRange({ interval }: Finding): string {
  if (!interval) return ''
  const say = (bound: number) => `${formatPoints(bound)} ${bound < 0 ? 'fewer' : 'more'}`
  return `, likely between ${say(interval.low)} and ${say(interval.high)}`
}

function sayTrial(finding: Finding, input: NarrationInput): string {
  const { unit } = input
  const size = formatCount(numberOf(finding)!)
  return `${subjectOf(finding, input)}: a trial of ${size} ${plural(unit)} on each side would tell.`
}

function sayRates(rates: readonly Finding[], { unit }: NarrationInput): string | null {
  if (rates.length === 0) return null
  const said = rates.slice(0, 2 * MOST).map((one) => {
    const place = saySegment(one.segment)
    const n = one.n === undefined ? '' : `, ${countOf(one.n, unit, plural(unit))}`
    return `${one.model} ${formatShare(numberOf(one)!)}${place || n ? ` (${[place, n.replace(/^, /, '')].filter(Boolean).join(', ')})` : ''}`
  })
  return `Resolved at present: ${said.join('; ')}.`
}
