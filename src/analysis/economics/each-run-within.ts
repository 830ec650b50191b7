import type { DayReading } from '../../attribution/item-days/day-reading.ts'
import type { Bounds } from './parameters.ts'

/** Items of one packed day: those at the places `from` up to `to`, by their rows. */
export interface RowsOfDay {
  rows: Uint32Array
  from: number
  to: number
  reading: DayReading
}

/** Visits the runs of the items that started inside the bounds, and after its runs each item of which any did. */
export function eachRunWithin(
  { rows, from, to, reading }: RowsOfDay,
  bounds: Bounds,
  visitRun: (run: number, row: number) => void,
  visitItem?: (row: number) => void,
): void {
  const { start, runStarted, run: starts } = reading.figures
  const [since, until] = [bounds.from.getTime() - start, bounds.to.getTime() - start]
  for (let place = from; place < to; place++) {
    const row = rows[place]!
    const end = starts[row + 1]!
    let isIn = false
    for (let run = starts[row]!; run < end; run++) {
      if (runStarted[run]! < since || runStarted[run]! >= until) continue
      isIn = true
      visitRun(run, row)
    }
    if (isIn) visitItem?.(row)
  }
}
