import type { DayReading } from '../../attribution/item-days/day-reading.ts'
import { ItemView } from '../../attribution/item-days/item-view.ts'
import { FIRST_TRY, ITEM_STATUSES } from '../../attribution/item-days/pack-figures.ts'
import type { WorkItemFact } from '../../domain/facts.ts'

/** What is asked of items again and again, in columns: worked out once, and no item is asked twice. */
export interface CohortColumns {
  items: readonly WorkItemFact[]
  /** 1 where it is so. */
  isResolved: Uint8Array
  isFirstTry: Uint8Array
  /** 1 where every call and correction has a price. */
  isPriced: Uint8Array
  /** Known whole-life cost, in micro-dollars. */
  totals: Float64Array
}

const RESOLVED = ITEM_STATUSES.indexOf('resolved')

export function readCohort(items: readonly WorkItemFact[]): CohortColumns {
  const size = items.length
  const columns = {
    ...{ items, isResolved: new Uint8Array(size), isFirstTry: new Uint8Array(size) },
    ...{ isPriced: new Uint8Array(size), totals: new Float64Array(size) },
  }
  for (let place = 0; place < size; place++) {
    const item = items[place]!
    if (item instanceof ItemView) readPacked(columns, place, item.reading, item)
    else {
      columns.isResolved[place] = item.status === 'resolved' ? 1 : 0
      columns.isFirstTry[place] = item.firstTry ? 1 : 0
      columns.isPriced[place] = item.unpricedCalls === 0 && item.unpricedCorrections === 0 ? 1 : 0
      columns.totals[place] = item.totalMicros
    }
  }
  return columns
}

function readPacked(columns: CohortColumns, place: number, { figures, totals }: DayReading, item: ItemView): void {
  const { row } = item
  let isPriced = figures.override[row] === figures.override[row + 1] || item.unpricedCorrections === 0
  for (let run = figures.run[row]!; run < figures.run[row + 1]!; run++) {
    if (figures.runUnpriced[run] !== 0) isPriced = false
  }
  columns.isResolved[place] = figures.status[row] === RESOLVED ? 1 : 0
  columns.isFirstTry[place] = (figures.flags[row]! & FIRST_TRY) === 0 ? 0 : 1
  columns.isPriced[place] = isPriced ? 1 : 0
  columns.totals[place] = totals[row]!
}
