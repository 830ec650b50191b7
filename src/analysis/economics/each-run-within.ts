import type { DayReading } from '../../attribution/item-days/day-reading.ts'
import type { ItemView } from '../../attribution/item-days/item-view.ts'
import type { Bounds } from './parameters.ts'

/** Visits the runs of items of one packed day that started inside the bounds, and after its runs each item of which any did. */
export function eachRunWithin(
  { views, from, to, reading }: { views: readonly ItemView[]; from: number; to: number; reading: DayReading },
  bounds: Bounds,
  visitRun: (run: number, item: ItemView) => void,
  visitItem?: (item: ItemView) => void,
): void {
  const { start, runStarted } = reading.figures
  const [since, until] = [bounds.from.getTime() - start, bounds.to.getTime() - start]
  for (let place = from; place < to; place++) {
    const item = views[place]!
    const { firstRun, endOfRuns } = item
    let isIn = false
    for (let run = firstRun; run < endOfRuns; run++) {
      if (runStarted[run]! < since || runStarted[run]! >= until) continue
      isIn = true
      visitRun(run, item)
    }
    if (isIn) visitItem?.(item)
  }
}
