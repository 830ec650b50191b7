import { DRIVERS, type Driver } from '../../domain/finding.ts'
import { type DriverDecomposition, decomposeDrivers } from '../why/decompose-drivers.ts'
import type { ChangeExplanation } from '../why/explain-change.ts'
import { measureDriverMoves } from '../why/measure-driver-moves.ts'
import { measureItems } from '../why/measure-items.ts'
import { partitionSegments } from '../why/partition-segments.ts'
import type { Segment } from '../why/segment.ts'
import { segmentTest } from '../why/segment-test.ts'
import { mean, standardDeviation } from '../why/statistics.ts'
import { keepRows, rowsWhere } from '../why/usage-table.ts'
import { type Cause, type Comparison, usageOf } from '../why/weigh-cause.ts'

/** Segments of which one holds this part of the other's items, in the period, are one place and not two. */
const SAME_PLACE = 0.6
/** Of two such segments the smaller is named where it holds this part of the larger one's change. */
const HOLDS_IT_ALL = 0.9
/** A further driver of a named segment is named with it from this part of the segment's change. */
const WORTH_NAMING = 0.25
/** Standard errors by which its own measure must have moved there. */
const MOVED = 3.5
const MOST_CAUSES = 3
/** Part of a change without a segment that a move between models must make up to be its cause. */
const MOSTLY = 0.5
/** Only the time tells such a move from whatever else happened then. */
const COINCIDENCE = 0.5

/**
 * The causes as they are told. The search tests driver by driver and may find one place several times, under names that
 * overlap; then its dollars would be told twice. Here each place has one name and its drivers their dollars in it, as the
 * contributions have them. A change without a segment that is a move between models is put down to that move.
 */
export function refineCauses(
  explanation: ChangeExplanation,
  comparison: Comparison,
  agentDimensions: readonly string[],
): ChangeExplanation {
  if (explanation.verdict === 'data_incomplete' || explanation.verdict === 'not_enough_data') {
    return withCauses(explanation, explanation.drivers, [])
  }
  const moved = explanation.verdict === 'broad' ? modelMove(explanation, comparison) : null
  if (moved) return withCauses(explanation, explanation.drivers, [moved])
  if (explanation.causes.length === 0) return explanation
  const isAgentSide = (segment: Segment) => agentDimensions.some((name) => name in segment)
  const places = distinctPlaces(explanation.causes, comparison, isAgentSide)
  const cut = places.flatMap(({ segment }) => (isAgentSide(segment) || isEverywhere(segment) ? [] : [segment]))
  const drivers = decomposeDrivers(partitionSegments(comparison, cut, agentDimensions))
  const told = places.map((place) =>
    cut.includes(place.segment) ? causesAt(place, drivers, comparison, explanation.totals.changeMicros) : place.causes,
  )
  told.sort((a, b) => Math.abs(microsOf(b)) - Math.abs(microsOf(a)))
  return withCauses(explanation, drivers, told.flat())
}

function microsOf(causes: readonly Cause[]): number {
  return causes.reduce((sum, cause) => sum + cause.micros, 0)
}

/** @param found in the order in which they are told: place by place, the place of the most dollars first. */
function withCauses(explanation: ChangeExplanation, drivers: DriverDecomposition, found: Cause[]): ChangeExplanation {
  const causes = found.slice(0, MOST_CAUSES)
  return {
    ...explanation,
    drivers,
    causes,
    verdict: explanation.verdict === 'broad' && causes.length > 0 ? 'cause_found' : explanation.verdict,
    unexplainedMicros: explanation.totals.changeMicros - microsOf(causes),
  }
}

interface Place {
  segment: Segment
  causes: Cause[]
}

const isEverywhere = (segment: Segment): boolean => Object.keys(segment).length === 0

function distinctPlaces(
  causes: readonly Cause[],
  comparison: Comparison,
  isAgentSide: (segment: Segment) => boolean,
): Place[] {
  const places: Place[] = []
  for (const cause of causes) {
    const same = places.find((place) => isSamePlace(place.segment, cause.segment, comparison))
    if (!same) {
      places.push({ segment: cause.segment, causes: [cause] })
      continue
    }
    same.segment = betterName(same.segment, cause.segment, comparison, isAgentSide)
    // Of one driver the finding that the name belongs to; it is weighed anew where the name is of the work.
    const twice = same.causes.findIndex((one) => one.driver === cause.driver)
    if (twice < 0) same.causes.push(cause)
    else if (same.segment === cause.segment) same.causes[twice] = cause
  }
  return places
}

function isSamePlace(one: Segment, other: Segment, comparison: Comparison): boolean {
  if (isEverywhere(one) || isEverywhere(other)) return isEverywhere(one) && isEverywhere(other)
  const { table, isCurrent } = comparison
  const current = rowsWhere(table, isCurrent)
  const isInOther = segmentTest(table.dimensions, other)
  const left = keepRows(current, segmentTest(table.dimensions, one))
  const right = keepRows(current, isInOther).length
  const both = keepRows(left, isInOther).length
  return both >= SAME_PLACE * Math.min(left.length, right)
}

/** The work before the way of working; of two of a kind the smaller, where nearly all of the larger one's change lies in it. */
function betterName(
  one: Segment,
  other: Segment,
  comparison: Comparison,
  isAgentSide: (segment: Segment) => boolean,
): Segment {
  if (isAgentSide(one) !== isAgentSide(other)) return isAgentSide(one) ? other : one
  const [left, right] = [changeOf(one, comparison), changeOf(other, comparison)]
  const [smaller, larger] = left.items <= right.items ? [left, right] : [right, left]
  return Math.abs(smaller.micros) >= HOLDS_IT_ALL * Math.abs(larger.micros) ? smaller.segment : larger.segment
}

function changeOf(segment: Segment, comparison: Comparison) {
  const { before, after } = usageAt(segment, comparison)
  return { segment, items: after?.items ?? 0, micros: decomposeDrivers([{ segment, before, after }]).changeMicros }
}

/** What a segment used in both periods. */
export function usageAt(segment: Segment, comparison: Comparison) {
  const { table } = comparison
  return usageOf(rowsWhere(table, segmentTest(table.dimensions, segment)), comparison)
}

/**
 * The drivers of a place that were found, and those beside them that are as plain, with their dollars in it, the most dollars
 * first. Where more items came, corrections came with them: unless an item is corrected more often than before they are told
 * after the items, however many dollars they are.
 */
function causesAt(
  { segment, causes }: Place,
  { contributions }: DriverDecomposition,
  comparison: Comparison,
  change: number,
): Cause[] {
  const own = contributions.filter((part) => isSameSegment(part.segment, segment))
  const dollarsOf = (driver: Driver) => own.reduce((sum, part) => sum + (part.driver === driver ? part.micros : 0), 0)
  const whole = own.reduce((sum, part) => sum + part.micros, 0)
  const { table } = comparison
  const rows = rowsWhere(table, segmentTest(table.dimensions, segment))
  const foundOf = (driver: Driver) => causes.find((cause) => cause.driver === driver)
  const cameWithItems = (driver: Driver) =>
    driver === 'corrections' &&
    foundOf('items') !== undefined &&
    foundOf(driver)?.segment !== segment &&
    Math.abs(movedBy(driver, rows, comparison)) < MOVED
  const [first] = causes
  const told = DRIVERS.flatMap((driver): Cause[] => {
    const found = foundOf(driver)
    const micros = dollarsOf(driver)
    const isBeside =
      driver !== 'items' &&
      Math.sign(micros) === Math.sign(whole) &&
      Math.abs(micros) >= WORTH_NAMING * Math.abs(whole) &&
      (cameWithItems(driver) || Math.sign(micros) * movedBy(driver, rows, comparison) >= MOVED)
    if (!found && !isBeside) return []
    if (micros === 0) return []
    const share = change === 0 ? null : micros / change
    const n = keepRows(rows, comparison.isCurrent).length
    return [{ ...(found ?? { confidence: first!.confidence }), driver, segment, micros, share, n }]
  })
  const rank = ({ driver, micros }: Cause) => (cameWithItems(driver) ? 0 : Math.abs(micros))
  return told.sort((a, b) => rank(b) - rank(a))
}

/** By how many standard errors a driver's own measure of the items moved from what it was in all the past. */
function movedBy(driver: Driver, rows: Int32Array, { table, isCurrent }: Comparison): number {
  const measure = measureItems(driver, table, rows)
  if (measure === null) return 0
  const [now, past]: [number[], number[]] = [[], []]
  for (let index = 0; index < rows.length; index++) {
    if (!Number.isNaN(measure[index]!)) (isCurrent(rows[index]!) ? now : past).push(measure[index]!)
  }
  if (now.length < 5 || past.length < 10) return 0
  const error = Math.hypot(
    standardDeviation(now) / Math.sqrt(now.length),
    standardDeviation(past) / Math.sqrt(past.length),
  )
  return error === 0 ? 0 : (mean(now) - mean(past)) / error
}

/** Where tokens became dearer or cheaper everywhere and most of the change is a move to one model: that move. */
function modelMove({ drivers, totals }: ChangeExplanation, comparison: Comparison): Cause | null {
  const { table, isCurrent } = comparison
  let historyWeeks = -Infinity
  for (const week of table.week) historyWeeks = Math.max(historyWeeks, week)
  const move = measureDriverMoves(table, historyWeeks).find(({ driver }) => driver === 'price')
  const byModel = new Map<string, number>()
  for (const { model, micros } of drivers.contributions) {
    if (model !== undefined) byModel.set(model, (byModel.get(model) ?? 0) + micros)
  }
  const [largest] = [...byModel].sort((a, b) => Math.abs(b[1]) - Math.abs(a[1]) || (a[0] < b[0] ? -1 : 1))
  if (!move || !largest || Math.abs(largest[1]) < MOSTLY * Math.abs(totals.changeMicros)) return null
  const [model, micros] = largest
  const code = table.models.indexOf(model)
  const hasUsed = (row: number) => {
    for (let use = table.useStart[row]!; use < table.useStart[row + 1]!; use++) {
      if (table.useModel[use] === code && table.useTokens[use]! > 0) return true
    }
    return false
  }
  const n = rowsWhere(table, (row) => isCurrent(row) && hasUsed(row)).length
  const share = totals.changeMicros === 0 ? null : micros / totals.changeMicros
  return { driver: 'price', segment: {}, model, micros, share, n, confidence: COINCIDENCE }
}

function isSameSegment(one: Segment, other: Segment): boolean {
  const names = Object.keys(other)
  return names.length === Object.keys(one).length && names.every((name) => one[name] === other[name])
}
