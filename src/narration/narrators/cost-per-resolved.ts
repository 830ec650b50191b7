import { plural } from '../../analysis/economics/build-findings.ts'
import type { Finding } from '../../domain/finding.ts'
import { breakdownOf, findFigure, numberAt, numberOf } from '../find-figure.ts'
import { formatDollars } from '../format-money.ts'
import { countOf, formatCount, formatShare, withArticle } from '../format-number.ts'
import { type Narration, type NarrationInput, sentences } from '../narration.ts'
import { restsOn } from '../rests-on.ts'
import { sayChange, sayInterval } from '../say-change.ts'
import { saySegment } from '../say-segment.ts'
import { movedNote, nothingThere, sayOne, sayWhen } from '../say-subject.ts'
import { narrateGeneric } from './generic.ts'

/** What a resolved unit costs, all attempts and corrections included, and where it is dearest. */
export function narrateCostPerResolved(input: NarrationInput): Narration {
  const { report, unit, plan } = input
  if (plan.metric && plan.metric !== 'cost_per_resolved') return narrateGeneric(input)
  const main = findFigure(report, 'cost_per_resolved')
  const cost = numberOf(main)
  const closed = numberAt(report, 'closed_items') ?? main?.n ?? null
  if (!closed) return nothingThere(input)
  const resolved = numberAt(report, 'resolved_items')
  const rate = numberAt(report, 'resolution_rate')
  const total = numberAt(report, 'total_cost')
  const scope = sayOne(input)
  const lead =
    cost === null
      ? `No ${scope} was resolved ${sayWhen(input)}, so there is no cost per resolved ${unit}${total === null ? '' : `: ${formatDollars(total)} went into ${countOf(closed, unit, plural(unit))}`}.`
      : `A resolved ${scope} cost ${formatDollars(cost)} ${sayWhen(input)}, all attempts and corrections included${sayInterval(input, 'cost_per_resolved')}${sayChange(input, 'cost_per_resolved', 'usd')}.`
  const volume = [
    `${countOf(closed, unit, plural(unit))} closed`,
    resolved === null ? '' : `${formatCount(resolved)} resolved${rate === null ? '' : ` (${formatShare(rate)})`}`,
    total === null ? '' : `${formatDollars(total)} in all`,
  ].filter(Boolean)
  return {
    lead: [{ text: lead }, ...sentences(movedNote(input))],
    body: [
      sentences(`${volume.join(', ')}.`),
      sentences(saySegments(breakdownOf(report, 'cost_per_resolved'), unit), sayBaseline(input)),
    ].filter((one) => one.length > 0),
    restsOn: restsOn(input, closed),
    derived: [],
  }
}

/** The dearest and the cheapest part of a breakdown, with how many each rests on. */
export function saySegments(parts: readonly Finding[], unit: string): string | null {
  const known = parts.filter((part) => numberOf(part) !== null && (part.n ?? 0) > 0)
  const sorted = [...known].sort((a, b) => numberOf(b)! - numberOf(a)!)
  const [dearest, cheapest] = [sorted[0], sorted.at(-1)]
  if (!dearest || !cheapest || dearest === cheapest) return null
  return `Dearest: ${sayPart(dearest, unit)}; cheapest: ${sayPart(cheapest, unit)}.`
}

function sayPart(part: Finding, unit: string): string {
  const n = part.n === undefined ? '' : ` (${countOf(part.n, unit, plural(unit))})`
  return `${saySegment(part.segment)} at ${formatDollars(numberOf(part)!)}${n}`
}

/** What the same unit costs without the agent, where that is set. */
export function sayBaseline({ report, unit }: NarrationInput): string | null {
  const baseline = numberAt(report, 'baseline')
  if (baseline === null) return null
  const margin = numberAt(report, 'margin_per_item')
  if (margin !== null)
    return `${capital(withArticle(unit))} brings ${formatDollars(baseline)}, which leaves ${formatDollars(margin)}.`
  const saving = numberAt(report, 'saving_per_item')
  const than = `Without the agent ${withArticle(unit)} costs ${formatDollars(baseline)}`
  if (saving === null) return `${than}.`
  return saving >= 0
    ? `${than}: ${formatDollars(saving)} saved on each.`
    : `${than}: each loses ${formatDollars(-saving)}.`
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
