import type { ItemList } from '../../attribution/item-days/item-list.ts'
import { nullableAt } from '../../attribution/item-days/numbers.ts'
import { USAGE_ESTIMATED } from '../../attribution/item-days/pack-figures.ts'
import { correctionCost } from '../../domain/override.ts'
import { eachDay } from './each-day.ts'
import type { ItemTotals } from './item-totals.ts'

/** How much of what items cost is known, and how. */
export type Coverage = Pick<
  ItemTotals,
  'pricedCalls' | 'unpricedCalls' | 'unpricedCorrections' | 'runsWithEstimatedUsage' | 'attempts'
>

/** What `totalItems` says of the same items, without what nobody asks for who only tells how much is known. */
export function coverageOf(items: ItemList): Coverage {
  const coverage: Coverage = {
    ...{ pricedCalls: 0, unpricedCalls: 0, unpricedCorrections: 0, runsWithEstimatedUsage: 0, attempts: 0 },
  }
  eachDay(items, {
    rows(rows, from, to, { figures, rateMicros }) {
      const { run, runPriced, runUnpriced, runFlags, runAttempt, override, overrideMinutes } = figures
      for (let place = from; place < to; place++) {
        const row = rows[place]!
        const [first, end] = [run[row]!, run[row + 1]!]
        for (let index = first; index < end; index++) {
          coverage.pricedCalls += runPriced[index]!
          coverage.unpricedCalls += runUnpriced[index]!
          if ((runFlags[index]! & USAGE_ESTIMATED) !== 0) coverage.runsWithEstimatedUsage++
        }
        if (end > first) coverage.attempts += runAttempt[end - 1]!
        for (let index = override[row]!; index < override[row + 1]!; index++) {
          if (correctionCost(nullableAt(overrideMinutes, index), rateMicros) === null) coverage.unpricedCorrections++
        }
      }
    },
    fact(item) {
      coverage.pricedCalls += item.pricedCalls
      coverage.unpricedCalls += item.unpricedCalls
      coverage.unpricedCorrections += item.unpricedCorrections
      for (const run of item.runs) if (run.usageEstimated) coverage.runsWithEstimatedUsage++
      coverage.attempts += item.attempts
    },
  })
  return coverage
}
