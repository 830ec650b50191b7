import type { RunFact, WasteClass, WorkItemFact } from '../../domain/facts.ts'
import type { WasteEstimates } from './classify-waste.ts'
import { compareModels } from './compare-models.ts'
import { armsOf } from './compute-routing.ts'
import { listExcess, measureContextNeeds } from './context-needs.ts'
import { estimateInputPrices } from './estimate-input-prices.ts'
import { mainModel } from './item-dimensions.ts'
import { nameSegments } from './name-segments.ts'
import type { EconomicsParameters } from './parameters.ts'
import { priceUnusedDocuments } from './price-unused-documents.ts'
import { isClosed } from './select-items.ts'

/** What context and models cost beyond need, judged by the other runs of the same segment that were loaded. */
export function estimateWaste(items: readonly WorkItemFact[], parameters: EconomicsParameters): WasteEstimates {
  const closed = items.filter((item) => isClosed(item) && item.runs.length > 0)
  const { dimension, segmentOf } = nameSegments(closed, parameters)
  const needs = measureContextNeeds(closed, segmentOf)
  const prices = estimateInputPrices(items)
  const savings = new Map<string, number>()
  const comparisons = compareModels(armsOf(closed, dimension, parameters.timeZone))
  for (const one of comparisons) {
    if (one.step !== null || one.verdict !== 'good_enough' || !one.saving || !one.dearer.costPerItem) continue
    const key = JSON.stringify([one.segment, one.dearer.model])
    savings.set(key, Math.max(savings.get(key) ?? 0, one.saving / one.dearer.costPerItem))
  }
  const unjudged = new Set<WasteClass>()
  if (needs.size === 0 || prices.size === 0) unjudged.add('excess_context')
  if (comparisons.length === 0) unjudged.add('oversized_model')
  if (items.some((item) => item.runs.some((run) => hasUnpricedDocuments(run, prices)))) unjudged.add('unused_documents')
  return {
    unjudged,
    unusedDocuments: (run) => priceUnusedDocuments(run, prices),
    excessContext(item, run) {
      const known = listExcess(item, run, needs, prices, segmentOf).flatMap((one) => one.micros ?? [])
      return known.length === 0 ? null : known.reduce((sum, micros) => sum + micros, 0)
    },
    oversizedShare(item, run) {
      const model = mainModel(run)
      return model === null ? null : (savings.get(JSON.stringify([segmentOf(item), model])) ?? null)
    },
  }
}

/** Documents of which nobody said whether they were used, how long they are, or what reading them costs. */
function hasUnpricedDocuments(run: RunFact, prices: ReadonlyMap<string, number>): boolean {
  if (run.waste.unused_documents !== undefined) return false
  const { count, priced } = priceUnusedDocuments(run, prices)
  return count > priced || run.documents.some((document) => document.used === null)
}
