import type { DayReading } from '../../attribution/item-days/day-reading.ts'
import type { ItemList } from '../../attribution/item-days/item-list.ts'
import { nullableAt } from '../../attribution/item-days/numbers.ts'
import { FIRST_TRY, ITEM_STATUSES } from '../../attribution/item-days/pack-figures.ts'
import { correctionCost } from '../../domain/override.ts'
import { scratch } from '../../domain/scratch.ts'
import { eachDay } from './each-day.ts'

/** What items came to, by place. */
export interface OutcomeColumns {
  /** 1 where it is so. */
  isResolved: Uint8Array
  /** Known whole-life cost, in micro-dollars. */
  totals: Float64Array
}

/** What is asked of items again and again, in columns: worked out once, and no item is asked twice. */
export interface CohortColumns extends OutcomeColumns {
  items: ItemList
  isFirstTry: Uint8Array
  /** 1 where every call and correction has a price. */
  isPriced: Uint8Array
}

/** The code of that status in packed days. */
export const RESOLVED = ITEM_STATUSES.indexOf('resolved')

export function readOutcomes(items: ItemList): OutcomeColumns {
  const [isResolved, totals] = [scratch(Uint8Array, items.length), scratch(Float64Array, items.length)]
  eachDay(items, {
    rows(rows, from, to, reading) {
      const { status } = reading.figures
      const costs = reading.totals
      for (let place = from; place < to; place++) {
        const row = rows[place]!
        if (status[row] === RESOLVED) isResolved[place] = 1
        totals[place] = costs[row]!
      }
    },
    fact(item, place) {
      if (item.status === 'resolved') isResolved[place] = 1
      totals[place] = item.totalMicros
    },
  })
  return { isResolved, totals }
}

export function readCohort(items: ItemList): CohortColumns {
  const [isFirstTry, isPriced] = [scratch(Uint8Array, items.length), scratch(Uint8Array, items.length)]
  eachDay(items, {
    rows(rows, from, to, reading) {
      const { flags } = reading.figures
      for (let place = from; place < to; place++) {
        const row = rows[place]!
        if ((flags[row]! & FIRST_TRY) !== 0) isFirstTry[place] = 1
        if (isFullyPriced(reading, row)) isPriced[place] = 1
      }
    },
    fact(item, place) {
      if (item.firstTry) isFirstTry[place] = 1
      if (item.unpricedCalls === 0 && item.unpricedCorrections === 0) isPriced[place] = 1
    },
  })
  return { items, ...readOutcomes(items), isFirstTry, isPriced }
}

/** Whether every call and correction of an item has a price. */
export function isFullyPriced({ figures, rateMicros }: DayReading, row: number): boolean {
  const { run, override, runUnpriced, overrideMinutes } = figures
  for (let index = run[row]!; index < run[row + 1]!; index++) if (runUnpriced[index] !== 0) return false
  for (let index = override[row]!; index < override[row + 1]!; index++) {
    if (correctionCost(nullableAt(overrideMinutes, index), rateMicros) === null) return false
  }
  return true
}
