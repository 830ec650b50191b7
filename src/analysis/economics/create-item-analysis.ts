import type { WorkItemFact } from '../../domain/facts.ts'
import type { Report } from '../../domain/finding.ts'
import type { Analysis } from '../analysis.ts'
import { type ItemView, loadItems } from './load-items.ts'
import { type EconomicsParameters, resolveParameters } from './parameters.ts'

/** An entry of the catalogue around a pure computation over work items: fills the plan in, loads, computes. */
export function createItemAnalysis(
  entry: Omit<Analysis, 'run'> & {
    view: ItemView
    compute(items: readonly WorkItemFact[], parameters: EconomicsParameters): Report
  },
): Analysis {
  const { name, title, description, example, view, compute } = entry
  return {
    name,
    title,
    description,
    example,
    async run(context, plan) {
      const parameters = resolveParameters(context, plan)
      return compute(await loadItems(context, parameters, view), parameters)
    },
  }
}
