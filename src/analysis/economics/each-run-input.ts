import type { ItemList } from '../../attribution/item-days/item-list.ts'
import { nullableAt } from '../../attribution/item-days/numbers.ts'
import { eachDay } from './each-day.ts'
import { eachRunWithin } from './each-run-within.ts'
import { startTimeOf } from './item-dimensions.ts'
import { type Bounds, isTimeWithin } from './parameters.ts'

/**
 * Visits the runs that started inside the bounds: input tokens, calls that told theirs, and those of the tokens that came
 * from a cache. Null is unknown.
 */
export function eachRunInput(
  items: ItemList,
  bounds: Bounds,
  visit: (inputTokens: number | null, calls: number, cachedTokens: number | null) => void,
): void {
  eachDay(items, {
    rows(rows, from, to, reading) {
      const { runCalls, runWithoutUsage, runInput, runCached } = reading.figures
      eachRunWithin({ rows, from, to, reading }, bounds, (run) =>
        visit(nullableAt(runInput, run), runCalls[run]! - runWithoutUsage[run]!, nullableAt(runCached, run)),
      )
    },
    fact(item) {
      for (const run of item.runs) {
        if (!isTimeWithin(startTimeOf(run), bounds)) continue
        const { usage } = run
        visit(usage.inputTokens, usage.calls - usage.callsWithoutUsage, usage.cachedInputTokens)
      }
    },
  })
}
