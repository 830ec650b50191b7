import type { AnalysisName } from '../domain/plan.ts'
import type { Analysis } from './analysis.ts'
import { baselineAnalysis } from './economics/baseline.ts'
import { compareSegmentsAnalysis } from './economics/compare-segments.ts'
import { contextAnalysis } from './economics/context.ts'
import { correctionsAnalysis } from './economics/corrections.ts'
import { costPerResolvedAnalysis } from './economics/cost-per-resolved.ts'
import { marginalUtilityAnalysis } from './economics/marginal-utility.ts'
import { operatingMetricsAnalysis } from './economics/operating-metrics.ts'
import { retryTailAnalysis } from './economics/retry-tail.ts'
import { routingAnalysis } from './economics/routing.ts'
import { spendAnalysis } from './economics/spend.ts'
import { spreadAnalysis } from './economics/spread.ts'
import { wasteAnalysis } from './economics/waste.ts'
import { whatMatteredAnalysis } from './economics/what-mattered.ts'
import { explainChangeAnalysis } from './explain-change/explain-change.ts'

const ANALYSES: readonly Analysis[] = [
  explainChangeAnalysis,
  costPerResolvedAnalysis,
  spendAnalysis,
  retryTailAnalysis,
  spreadAnalysis,
  routingAnalysis,
  wasteAnalysis,
  baselineAnalysis,
  correctionsAnalysis,
  compareSegmentsAnalysis,
  contextAnalysis,
  whatMatteredAnalysis,
  marginalUtilityAnalysis,
  operatingMetricsAnalysis,
]

/** Every analysis that answers, digests and recommendations can call. To add one: a file, and a line above. */
export const catalogue: ReadonlyMap<AnalysisName, Analysis> = new Map(
  ANALYSES.map((analysis) => [analysis.name, analysis]),
)
