import { type DayReading, detailOf } from '../../attribution/item-days/day-reading.ts'
import type { ItemList } from '../../attribution/item-days/item-list.ts'
import type { WasteClass, WorkItemFact } from '../../domain/facts.ts'
import { buildArms } from './build-arms.ts'
import { compareModels, type ModelComparison } from './compare-models.ts'
import { type ContextNeeds, measureContextNeeds } from './context-needs.ts'
import { eachDay } from './each-day.ts'
import type { RowsOfDay } from './each-run-within.ts'
import { estimateInputPrices } from './estimate-input-prices.ts'
import { lastKept, nameSegments, type SegmentNamer } from './name-segments.ts'
import type { EconomicsParameters } from './parameters.ts'
import { createDayPricer, priceUnusedDocuments, type UnusedDocuments } from './price-unused-documents.ts'
import { readCohort } from './read-cohort.ts'
import { closedWithRuns } from './select-items.ts'

/** What only a comparison with other runs shows. */
export interface WasteEstimates {
  needs: ContextNeeds
  /** Of an input token by model, in micro-dollars. */
  prices: ReadonlyMap<string, number>
  savings: ModelSavings
  /** Classes that nothing could be held against: their waste is unknown, not 0. */
  unjudged: ReadonlySet<WasteClass>
}

/** By main model of a run: the share of its cost that a smaller model which is good enough would save. */
type Savings = ReadonlyMap<string, number>

/** What is known of savings in the segment of an item; undefined where nothing is. */
export interface ModelSavings {
  of(item: WorkItemFact): Savings | undefined
  /** What was made of it, once for each segment, of items of one packed day by their rows. */
  onDay<Made>(reading: DayReading, make: (savings: Savings) => Made): (row: number) => Made | undefined
}

/** What context and models cost beyond need, judged by the other runs of the same segment that were loaded. */
export function estimateWaste(items: ItemList, parameters: EconomicsParameters): WasteEstimates {
  const closed = closedWithRuns(items)
  const { dimension, segments } = nameSegments(closed, parameters)
  const needs = measureContextNeeds(closed, segments)
  const prices = estimateInputPrices(items)
  const cohort = readCohort(closed)
  const comparisons = compareModels(cohort, buildArms(cohort, dimension, parameters.timeZone))
  const unjudged = new Set<WasteClass>()
  if (needs.size === 0 || prices.size === 0) unjudged.add('excess_context')
  if (comparisons.length === 0) unjudged.add('oversized_model')
  if (haveUnpricedDocuments(items, prices)) unjudged.add('unused_documents')
  return { needs, prices, unjudged, savings: createSavings(savingsBySegment(comparisons), segments) }
}

function createSavings(bySegment: ReadonlyMap<string, Savings>, segments: SegmentNamer): ModelSavings {
  return {
    of: (item) => (bySegment.size === 0 ? undefined : bySegment.get(segments.of(item))),
    onDay(reading, make) {
      if (bySegment.size === 0) return () => undefined
      const made = new Map(Array.from(bySegment, ([segment, savings]) => [segment, make(savings)]))
      return lastKept(segments.onDay(reading), (segment) => made.get(segment))
    },
  }
}

/** By segment and dearer model: the share of its cost that the cheaper one would save, where that is good enough. */
function savingsBySegment(comparisons: readonly ModelComparison[]): Map<string, Map<string, number>> {
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
