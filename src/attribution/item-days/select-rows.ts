import type { ItemQuery } from '../is-touched.ts'
import type { DayFigures } from './day-figures.ts'
import { nullableAt } from './numbers.ts'
import type { ReadDay } from './read-days.ts'

export interface Standpoint {
  asOf: Date
  knownAt: Date | null
}

/** Rows of a day by what a question does with them. */
export interface SelectedRows {
  /** Touched by a query, and the same from the standpoint as now. */
  touched: Uint32Array
  /** Something happened to them, or was recorded of them, after the standpoint: their rows tell what they were then. */
  late: number[]
}

/** `skipped`: ids of items that are read from their rows in any case. */
export function selectRowsOfDay(
  { reading: { figures }, latest }: ReadDay,
  queries: readonly ItemQuery[],
  standpoint: Standpoint,
  skipped: ReadonlySet<string> | undefined,
): SelectedRows {
  const touched = new Uint32Array(figures.size)
  const late: number[] = []
  let count = 0
  const asOf = Math.floor((standpoint.asOf.getTime() - figures.start) / 1000)
  const knownAt = standpoint.knownAt ? Math.floor((standpoint.knownAt.getTime() - figures.start) / 1000) : Infinity
  const touches = queries
    .filter(({ workflow }) => workflow === undefined || workflow === figures.workflow)
    .map(({ touched, bounds }) => ({
      isTouched: touched === 'closed' ? isClosedWithin : isActiveWithin,
      from: bounds.from.getTime() - figures.start,
      to: bounds.to.getTime() - figures.start,
    }))
  for (let row = 0; row < figures.size; row++) {
    if (skipped?.has(figures.id.at(row))) continue
    if (latest !== null && (latest.latest[row]! > asOf || latest.recorded[row]! > knownAt)) late.push(row)
    else if (touches.some(({ isTouched, from, to }) => isTouched(figures, row, from, to))) touched[count++] = row
  }
  return { touched: touched.subarray(0, count), late }
}

function isClosedWithin({ closed }: DayFigures, row: number, from: number, to: number): boolean {
  const at = nullableAt(closed, row)
  return at !== null && at >= from && at < to
}

function isActiveWithin({ run, runStarted, override, overrideAt }: DayFigures, row: number, from: number, to: number) {
  for (let index = run[row]!; index < run[row + 1]!; index++) {
    if (runStarted[index]! >= from && runStarted[index]! < to) return true
  }
  for (let index = override[row]!; index < override[row + 1]!; index++) {
    if (overrideAt[index]! >= from && overrideAt[index]! < to) return true
  }
  return false
}
