import { computeBaseline } from '../../../src/analysis/economics/compute-baseline.ts'
import { computeCompareSegments } from '../../../src/analysis/economics/compute-compare-segments.ts'
import { computeContext } from '../../../src/analysis/economics/compute-context.ts'
import { computeCorrections } from '../../../src/analysis/economics/compute-corrections.ts'
import { computeCostPerResolved } from '../../../src/analysis/economics/compute-cost-per-resolved.ts'
import { computeMarginalUtility } from '../../../src/analysis/economics/compute-marginal-utility.ts'
import { computeMetric } from '../../../src/analysis/economics/compute-metric.ts'
import { computeRetryTail } from '../../../src/analysis/economics/compute-retry-tail.ts'
import { computeRouting } from '../../../src/analysis/economics/compute-routing.ts'
import { computeSpend } from '../../../src/analysis/economics/compute-spend.ts'
import { computeSpread } from '../../../src/analysis/economics/compute-spread.ts'
import { computeWaste } from '../../../src/analysis/economics/compute-waste.ts'
import { computeWhatMattered } from '../../../src/analysis/economics/compute-what-mattered.ts'
import type { EconomicsParameters } from '../../../src/analysis/economics/parameters.ts'
import type { ItemList } from '../../../src/attribution/item-days/item-list.ts'
import type { Report } from '../../../src/domain/finding.ts'

export type Compute = (items: ItemList, parameters: EconomicsParameters) => Report

/** The spread with the closer look that it asks for at two of the items. */
export const wholeSpread: Compute = (items, parameters) => {
  const { closerLook, ...report } = computeSpread(items, parameters)
  return closerLook ? closerLook.complete(closerLook.items) : report
}

/** Each analysis of the economics that is a function of facts. */
export const ANALYSES: [string, Compute][] = [
  ['cost per resolved', computeCostPerResolved],
  ['spend', computeSpend],
  ['retry tail', computeRetryTail],
  ['spread', wholeSpread],
  ['corrections', computeCorrections],
  ['baseline', computeBaseline],
  ['waste', computeWaste],
  ['routing', computeRouting],
  ['what mattered', computeWhatMattered],
  ['context', computeContext],
  ['marginal utility', computeMarginalUtility],
  ['compare segments', (items, parameters) => computeCompareSegments(items, parameters, null)],
  ['resolution rate', (items, parameters) => computeMetric(items, parameters, 'resolution_rate')],
  ['tokens per call', (items, parameters) => computeMetric(items, parameters, 'tokens_per_call')],
]
