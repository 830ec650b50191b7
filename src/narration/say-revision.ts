import type { Finding } from '../domain/finding.ts'
import { formatDollars } from './format-money.ts'
import { formatValue } from './format-number.ts'
import { sayDriver, saySegment } from './say-segment.ts'

/** A change that moved by less than this part of itself is the same change. */
const SAME = 0.1

const VERDICT_WORDS: Readonly<Record<string, string>> = {
  cause_found: 'a cause is found',
  broad: 'no segment explains it',
  within_normal_variation: 'it is within normal variation',
  not_enough_data: 'there is not enough data',
  data_incomplete: 'the data is incomplete',
}

/**
 * What late data changes in an explanation: its verdict, its first cause, or the change by a tenth or more. Empty where none of
 * them: figures that move a little are no news. Plain text; names in it are data.
 */
export function sayRevision(before: readonly Finding[], after: readonly Finding[]): string[] {
  const said: string[] = []
  const [changeBefore, changeAfter] = [changeOf(before), changeOf(after)]
  if (changeBefore && changeAfter && hasMoved(changeBefore.value, changeAfter.value)) {
    said.push(`${changeAfter.label} is now ${amountOf(changeAfter)}, and was ${amountOf(changeBefore)}.`)
  }
  const [verdictBefore, verdictAfter] = [find(before, 'verdict'), find(after, 'verdict')]
  if (verdictBefore && verdictAfter && verdictBefore.value !== verdictAfter.value) {
    said.push(`Now ${wordsOf(verdictAfter)}; before, ${wordsOf(verdictBefore)}.`)
  }
  const [causeBefore, causeAfter] = [find(before, 'cause.1'), find(after, 'cause.1')]
  if (causeAfter && (!causeBefore || placeOf(causeBefore) !== placeOf(causeAfter))) {
    said.push(`First cause now: ${sayCause(causeAfter)}${causeBefore ? `; before: ${sayCause(causeBefore)}` : ''}.`)
  }
  return said
}

const find = (findings: readonly Finding[], id: string) => findings.find((one) => one.id === id)

/** The change that the question was about, which an analysis names first. */
function changeOf(findings: readonly Finding[]): Finding | undefined {
  return findings.find(({ id, kind }) => kind === 'figure' && id.endsWith('.change'))
}

function hasMoved(before: Finding['value'], after: Finding['value']): boolean {
  if (typeof before !== 'number' || typeof after !== 'number') return before !== after
  return Math.abs(after - before) > SAME * Math.max(Math.abs(before), Math.abs(after))
}

function amountOf({ value, unit }: Finding): string {
  return typeof value === 'number' ? (unit === 'usd' ? formatDollars(value) : formatValue(value, unit)) : 'unknown'
}

function wordsOf({ value }: Finding): string {
  return VERDICT_WORDS[String(value)] ?? String(value)
}

function placeOf({ driver, segment, model }: Finding): string {
  return JSON.stringify([driver, Object.entries(segment ?? {}).sort(), model])
}

function sayCause(cause: Finding): string {
  const dollars = typeof cause.value === 'number' ? cause.value : 0
  const what = cause.driver ? sayDriver(cause.driver, dollars > 0) : cause.label
  return `${what}, ${saySegment(cause.segment) || cause.model || 'everywhere'} (${amountOf(cause)})`
}
