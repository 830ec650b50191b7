import type { AnalysisName } from '../domain/plan.ts'
import type { Narration, NarrationInput, Narrator } from './narration.ts'
import { narrateBaseline } from './narrators/baseline.ts'
import { narrateCompareSegments } from './narrators/compare-segments.ts'
import { narrateContext } from './narrators/context.ts'
import { narrateCorrections } from './narrators/corrections.ts'
import { narrateCostPerResolved } from './narrators/cost-per-resolved.ts'
import { narrateExplainChange } from './narrators/explain-change.ts'
import { narrateGeneric } from './narrators/generic.ts'
import { narrateMarginalUtility } from './narrators/marginal-utility.ts'
import { narrateOperatingMetrics } from './narrators/operating-metrics.ts'
import { narrateRetryTail } from './narrators/retry-tail.ts'
import { narrateRouting } from './narrators/routing.ts'
import { narrateSpend } from './narrators/spend.ts'
import { narrateSpread } from './narrators/spread.ts'
import { narrateWaste } from './narrators/waste.ts'
import { narrateWhatMattered } from './narrators/what-mattered.ts'

const NARRATORS: Partial<Record<AnalysisName, Narrator>> = {
  explain_change: narrateExplainChange,
  cost_per_resolved: narrateCostPerResolved,
  spend: narrateSpend,
  retry_tail: narrateRetryTail,
  spread: narrateSpread,
  baseline: narrateBaseline,
  corrections: narrateCorrections,
  waste: narrateWaste,
  compare_segments: narrateCompareSegments,
  routing: narrateRouting,
  context: narrateContext,
  what_mattered: narrateWhatMattered,
  marginal_utility: narrateMarginalUtility,
  operating_metrics: narrateOperatingMetrics,
}

/** Findings as words, by the template of their analysis. The same findings give the same words. */
export function narrate(input: NarrationInput): Narration {
  return (NARRATORS[input.plan.analysis] ?? narrateGeneric)(input)
}
