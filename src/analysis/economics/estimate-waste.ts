import type { RunFact, WasteClass, WorkItemFact } from '../../domain/facts.ts'
import type { WasteEstimates } from './classify-waste.ts'
import { compareModels } from './compare-models.ts'
import { armsOf } from './compute-routing.ts'
import { listExcess, measureContextNeeds } from './context-needs.ts'
import { estimateInputPrices } from './estimate-input-prices.ts'
import { mainModel } from './item-dimensions.ts'
import { nameSegments } from './name-segments.ts'
import type { EconomicsParameters } from './parameters.ts'
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
  // Traces say which documents were not used, but not how long they were.
  if (items.some((item) => item.runs.some(hasUnpricedDocuments))) unjudged.add('unused_documents')
  return {
    unjudged,
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

function hasUnpricedDocuments(run: RunFact): boolean {
  return run.waste.unused_documents === undefined && run.documents.some((document) => document.used !== true)
}
