import type { ItemList } from '../../attribution/item-days/item-list.ts'
import type { MicroDollars } from '../../domain/money.ts'
import type { ItemGroup } from './group-items.ts'
import { costPerResolved, knownCost, totalItems } from './item-totals.ts'
import type { Interval } from './statistics/interval.ts'
import { unitCostInterval } from './unit-cost.ts'

export interface SegmentSaving {
  value: string
  items: ItemList
  unitCost: MicroDollars | null
  /** Of the unit cost. */
  interval: Interval | null
  /** Worth of a unit − unit cost. */
  savingPerItem: MicroDollars | null
  /** Worth of what was resolved − whole cost; negative where the segment loses. Adds up over the segments. */
  saving: MicroDollars | null
  /** The whole interval of its unit cost is above what a unit is worth. */
  isSurelyLosing: boolean
}

/** The saving of every segment of one dimension, what loses most first. `worth` in micro-dollars a resolved unit. */
export function measureSavings(groups: readonly ItemGroup[], worth: MicroDollars): SegmentSaving[] {
  return groups
    .map(({ value, items }) => {
      const totals = totalItems(items)
      const unitCost = costPerResolved(totals)
      const interval = unitCostInterval(items, totals)
      const cost = knownCost(totals)
      return {
        ...{ value, items, unitCost, interval },
        savingPerItem: unitCost === null ? null : worth - unitCost,
        saving: cost === null ? null : worth * totals.resolved - cost,
        isSurelyLosing: interval !== null && interval.low > worth,
      }
    })
    .sort((a, b) => (a.saving ?? 0) - (b.saving ?? 0) || (a.value < b.value ? -1 : 1))
}
