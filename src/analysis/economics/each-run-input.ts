import { ItemView } from '../../attribution/item-days/item-view.ts'
import { nullableAt } from '../../attribution/item-days/numbers.ts'
import type { WorkItemFact } from '../../domain/facts.ts'
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
  for (const item of items) {
    if (!(item instanceof ItemView)) {
      for (const run of item.runs) {
        if (!isTimeWithin(startTimeOf(run), bounds)) continue
        const { usage } = run
        visit(usage.inputTokens, usage.calls - usage.callsWithoutUsage, usage.cachedInputTokens)
      }
      continue
    }
    const { start, runStarted, runCalls, runWithoutUsage, runInput, runCached } = item.reading.figures
    for (let run = item.firstRun; run < item.endOfRuns; run++) {
      if (!isTimeWithin(start + runStarted[run]!, bounds)) continue
      visit(nullableAt(runInput, run), runCalls[run]! - runWithoutUsage[run]!, nullableAt(runCached, run))
    }
  }
}
