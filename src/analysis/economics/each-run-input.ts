import { nullableAt } from '../../attribution/item-days/numbers.ts'
import type { WorkItemFact } from '../../domain/facts.ts'
import { eachDay } from './each-day.ts'
import { startTimeOf } from './item-dimensions.ts'
import { type Bounds, isTimeWithin } from './parameters.ts'

/**
 * Visits the runs that started inside the bounds: input tokens, calls that told theirs, and those of the tokens that came
 * from a cache. Null is unknown.
 */
export function eachRunInput(
  items: readonly WorkItemFact[],
  bounds: Bounds,
  visit: (inputTokens: number | null, calls: number, cachedTokens: number | null) => void,
): void {
  const [since, until] = [bounds.from.getTime(), bounds.to.getTime()]
  eachDay(items, {
    views(views, from, to, { figures }) {
      const { start, run: starts, runStarted, runCalls, runWithoutUsage, runInput, runCached } = figures
      const [first, end] = [since - start, until - start]
      for (let place = from; place < to; place++) {
        const { row } = views[place]!
        for (let run = starts[row]!; run < starts[row + 1]!; run++) {
          if (runStarted[run]! < first || runStarted[run]! >= end) continue
          visit(nullableAt(runInput, run), runCalls[run]! - runWithoutUsage[run]!, nullableAt(runCached, run))
        }
      }
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
