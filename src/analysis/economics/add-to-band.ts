import { nullableAt } from '../../attribution/item-days/numbers.ts'
import { RunView } from '../../attribution/item-days/run-view.ts'
import type { RunFact, WorkItemFact } from '../../domain/facts.ts'
import { bandOf, type GrowthBand } from './context-tables.ts'

/** Adds a run to the band of as many calls; one from a packed day by its columns. */
export function addToBand(bands: readonly GrowthBand[], item: WorkItemFact, run: RunFact): void {
  if (run instanceof RunView) {
    const { runCalls, runWithoutUsage, runInput } = run.reading.figures
    const [calls, withoutUsage] = [runCalls[run.run]!, runWithoutUsage[run.run]!]
    addCalls(bands, item, calls, withoutUsage, nullableAt(runInput, run.run))
    return
  }
  const { calls, callsWithoutUsage, inputTokens } = run.usage
  addCalls(bands, item, calls, callsWithoutUsage, inputTokens)
}

function addCalls(
  bands: readonly GrowthBand[],
  item: WorkItemFact,
  calls: number,
  callsWithoutUsage: number,
  inputTokens: number | null,
): void {
  const band = bandOf(bands, calls)
  if (!band) return
  band.runs++
  band.calls += calls - callsWithoutUsage
  band.tokens += inputTokens ?? 0
  if (item.status === 'resolved') band.resolved++
}
