import type { WorkItemFact } from '../../domain/facts.ts'
import { bandOf, type GrowthBand } from './context-tables.ts'

/** Adds a run to the band of as many calls. `inputTokens`: of the calls that told theirs. */
export function addToBand(
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
