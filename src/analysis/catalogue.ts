import type { AnalysisName } from '../domain/plan.ts'
import type { Analysis } from './analysis.ts'
import { costPerResolvedAnalysis } from './economics/cost-per-resolved.ts'
import { spendAnalysis } from './economics/spend.ts'

const ANALYSES: readonly Analysis[] = [costPerResolvedAnalysis, spendAnalysis]

/** Every analysis that answers, digests and recommendations can call. To add one: a file, and a line above. */
export const catalogue: ReadonlyMap<AnalysisName, Analysis> = new Map(
  ANALYSES.map((analysis) => [analysis.name, analysis]),
)
