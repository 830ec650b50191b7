import type { RunFact, WasteClass, WorkItemFact } from '../../domain/facts.ts'
import { addKnown } from '../../domain/usage.ts'
import type { WasteEstimates } from './classify-waste.ts'
import { compareModels, type ModelComparison } from './compare-models.ts'
import { armsOf } from './compute-routing.ts'
import { judgeSteps, measureContextNeeds } from './context-needs.ts'
import { estimateInputPrices } from './estimate-input-prices.ts'
import { mainModel } from './item-dimensions.ts'
import { nameSegments } from './name-segments.ts'
import type { EconomicsParameters } from './parameters.ts'
import { priceUnusedDocuments } from './price-unused-documents.ts'
import { isClosed, runCountOf } from './select-items.ts'

/** What context and models cost beyond need, judged by the other runs of the same segment that were loaded. */
export function estimateWaste(items: readonly WorkItemFact[], parameters: EconomicsParameters): WasteEstimates {
  const closed = items.filter((item) => isClosed(item) && runCountOf(item) > 0)
  const { dimension, segmentOf } = nameSegments(closed, parameters)
  const needs = measureContextNeeds(closed, segmentOf)
  const prices = estimateInputPrices(items)
  const comparisons = compareModels(armsOf(closed, dimension, parameters.timeZone))
  const savings = savingsOf(comparisons)
  const unjudged = new Set<WasteClass>()
  if (needs.size === 0 || prices.size === 0) unjudged.add('excess_context')
  if (comparisons.length === 0) unjudged.add('oversized_model')
  if (items.some((item) => item.runs.some((run) => hasUnpricedDocuments(run, prices)))) unjudged.add('unused_documents')
  return {
    unjudged,
    unusedDocuments: (run) => priceUnusedDocuments(run, prices),
    excessContext(item, run) {
      let known: number | null = null
      judgeSteps(run, needs.of(item), prices, ({ beyond, micros }) => {
        if (beyond > 0) known = addKnown(known, micros)
      })
      return known
    },
    oversizedShare(item, run) {
      const models = savings.size === 0 ? undefined : savings.get(segmentOf(item))
      const model = models ? mainModel(run) : null
      return model === null ? null : (models!.get(model) ?? null)
    },
  }
}

/** By segment and dearer model: the share of its cost that the cheaper one would save, where that is good enough. */
function savingsOf(comparisons: readonly ModelComparison[]): Map<string, Map<string, number>> {
  const savings = new Map<string, Map<string, number>>()
  for (const one of comparisons) {
    if (one.step !== null || one.verdict !== 'good_enough' || !one.saving || !one.dearer.costPerItem) continue
    const models = savings.get(one.segment) ?? new Map<string, number>()
    const share = one.saving / one.dearer.costPerItem
    savings.set(one.segment, models.set(one.dearer.model, Math.max(models.get(one.dearer.model) ?? 0, share)))
  }
  return savings
}

/** Documents of which nobody said whether they were used, how long they are, or what reading them costs. */
function hasUnpricedDocuments(run: RunFact, prices: ReadonlyMap<string, number>): boolean {
  const { documents, told, count, priced } = priceUnusedDocuments(run, prices)
  return (count > priced || told < documents) && run.waste.unused_documents === undefined
}
