import { detailOf } from '../../attribution/item-days/day-reading.ts'
import type { ItemList } from '../../attribution/item-days/item-list.ts'
import type { WasteClass, WorkItemFact } from '../../domain/facts.ts'
import { buildArms } from './build-arms.ts'
import { compareModels, type ModelComparison } from './compare-models.ts'
import { type ContextNeeds, measureContextNeeds } from './context-needs.ts'
import { eachDay } from './each-day.ts'
import type { RowsOfDay } from './each-run-within.ts'
import { estimateInputPrices } from './estimate-input-prices.ts'
import { nameSegments } from './name-segments.ts'
import type { EconomicsParameters } from './parameters.ts'
import { createDayPricer, priceUnusedDocuments, type UnusedDocuments } from './price-unused-documents.ts'
import { readCohort } from './read-cohort.ts'
import { closedWithRuns } from './select-items.ts'

/** What only a comparison with other runs shows. */
export interface WasteEstimates {
  needs: ContextNeeds
  /** Of an input token by model, in micro-dollars. */
  prices: ReadonlyMap<string, number>
  /** By main model of a run: the share of its cost that a smaller model which is good enough would save. */
  savingsOf(item: WorkItemFact): ReadonlyMap<string, number> | undefined
  /** Classes that nothing could be held against: their waste is unknown, not 0. */
  unjudged: ReadonlySet<WasteClass>
}

/** What context and models cost beyond need, judged by the other runs of the same segment that were loaded. */
export function estimateWaste(items: ItemList, parameters: EconomicsParameters): WasteEstimates {
  const closed = closedWithRuns(items)
  const { dimension, segmentOf } = nameSegments(closed, parameters)
  const needs = measureContextNeeds(closed, segmentOf)
  const prices = estimateInputPrices(items)
  const cohort = readCohort(closed)
  const comparisons = compareModels(cohort, buildArms(cohort, dimension, parameters.timeZone))
  const savings = savingsOf(comparisons)
  const unjudged = new Set<WasteClass>()
  if (needs.size === 0 || prices.size === 0) unjudged.add('excess_context')
  if (comparisons.length === 0) unjudged.add('oversized_model')
  if (haveUnpricedDocuments(items, prices)) unjudged.add('unused_documents')
  return {
    ...{ needs, prices, unjudged },
    savingsOf: (item) => (savings.size === 0 ? undefined : savings.get(segmentOf(item))),
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

/** Whether there are documents of which nobody said whether they were used, how long they are, or what reading them costs. */
function haveUnpricedDocuments(items: ItemList, prices: ReadonlyMap<string, number>): boolean {
  let isFound = false
  eachDay(items, {
    rows(rows, from, to, reading) {
      isFound ||= hasUnpricedOfDay({ rows, from, to, reading }, prices)
    },
    fact({ runs }) {
      isFound ||= runs.some(
        (run) => run.waste.unused_documents === undefined && isUnpriced(priceUnusedDocuments(run, prices)),
      )
    },
  })
  return isFound
}

function hasUnpricedOfDay({ rows, from, to, reading }: RowsOfDay, prices: ReadonlyMap<string, number>): boolean {
  const { run: starts } = reading.figures
  const unusedOf = createDayPricer(reading, prices)
  const told = detailOf(reading, 'waste').of('unused_documents')
  for (let place = from; place < to; place++) {
    const row = rows[place]!
    for (let run = starts[row]!; run < starts[row + 1]!; run++) {
      if (told !== null && told.at(run) !== null) continue
      if (isUnpriced(unusedOf(run))) return true
    }
  }
  return false
}

function isUnpriced({ documents, told, count, priced }: UnusedDocuments): boolean {
  return count > priced || told < documents
}
