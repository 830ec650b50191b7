import type { WorkItemFact } from '../../domain/facts.ts'
import type { RateMetric } from '../economics/measure-metric.ts'
import { partOf } from '../shifts/part-of.ts'

/** Sums of what items add to a rate. */
export interface Tally {
  numerator: number
  denominator: number
}

/** What each item adds to a rate, those of the period before those of the past: worked out once, though many segments are tried. */
export interface RateTable {
  /** How many of them are of the period. */
  now: number
  /** Where those of the period compared with begin, and where they end. */
  compared: { from: number; to: number }
  numerators: Float64Array
  denominators: Float64Array
}

/** Whether the item at a place is in a segment. */
export type IsInside = (place: number) => boolean

/** `compared`: which of the past periods dollars are compared with. */
export function createRateTable(
  metric: RateMetric,
  now: readonly WorkItemFact[],
  history: readonly (readonly WorkItemFact[])[],
  compared: number,
): RateTable {
  const sizeOf = (periods: readonly (readonly WorkItemFact[])[]) => periods.reduce((sum, { length }) => sum + length, 0)
  const from = now.length + sizeOf(history.slice(0, compared))
  const size = now.length + sizeOf(history)
  const [numerators, denominators] = [new Float64Array(size), new Float64Array(size)]
  let place = 0
  for (const items of [now, ...history]) {
    for (const item of items) {
      const { numerator, denominator } = partOf(metric, item)
      numerators[place] = numerator
      denominators[place++] = denominator
    }
  }
  return { now: now.length, compared: { from, to: from + history[compared]!.length }, numerators, denominators }
}

/** Items on one side of a segment, of the period or of the past. */
export interface Side extends Tally {
  size: number
}

/** Inside of it now and in the past, then outside. */
export type Sides = [inside: Side, insidePast: Side, outside: Side, outsidePast: Side]

const sideAt = ({ now }: RateTable, isInside: IsInside, place: number): number =>
  (isInside(place) ? 0 : 2) + (place < now ? 0 : 1)

/** The sides of a segment, and the part of the period compared with that lies in it. */
export function sumSides(table: RateTable, isInside: IsInside): { sides: Sides; compared: Tally } {
  const { compared: bounds, numerators, denominators } = table
  const newSide = (): Side => ({ size: 0, numerator: 0, denominator: 0 })
  const sides: Sides = [newSide(), newSide(), newSide(), newSide()]
  const compared = { numerator: 0, denominator: 0 }
  for (let place = 0; place < numerators.length; place++) {
    const code = sideAt(table, isInside, place)
    const side = sides[code]!
    side.size++
    side.numerator += numerators[place]!
    side.denominator += denominators[place]!
    if (code === 1 && place >= bounds.from && place < bounds.to) {
      compared.numerator += numerators[place]!
      compared.denominator += denominators[place]!
    }
  }
  return { sides, compared }
}

/** Of the rates of the four sides, by their linear parts about each (drawn half an item away from all or nothing). */
export function variancesOf(table: RateTable, isInside: IsInside, sides: Sides): number[] {
  const { numerators, denominators } = table
  const centres = sides.map(({ numerator, denominator }) => numerator / denominator)
  const squares = sides.map(() => 0)
  for (let place = 0; place < numerators.length; place++) {
    const code = sideAt(table, isInside, place)
    squares[code]! += (numerators[place]! - centres[code]! * denominators[place]!) ** 2
  }
  return squares.map((sum, code) => Math.max(sum, 0.25) / sides[code]!.denominator ** 2)
}
