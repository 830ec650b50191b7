import { type DayReading, detailOf } from '../../attribution/item-days/day-reading.ts'
import type { ItemList } from '../../attribution/item-days/item-list.ts'
import { ItemView } from '../../attribution/item-days/item-view.ts'
import { FIRST_TRY } from '../../attribution/item-days/pack-figures.ts'
import type { WorkItemFact } from '../../domain/facts.ts'
import { eachDay } from './each-day.ts'
import { RankFinder } from './statistics/rank-finder.ts'

/** Fewer good runs than this say nothing about how much context a step needs. */
const LEAST_RUNS = 20
/** One good run in ten uses more than what is called the need. */
const NEED_PERCENTILE = 0.9

/** What a step of one workflow and segment needs, in input tokens a call. */
export interface StepNeed {
  workflow: string
  segment: string
  step: string
  typical: number
  need: number
  runs: number
}

/** The part of a workflow that items are compared within. */
export type SegmentNamer = (item: WorkItemFact) => string

/** What the steps of an item's segment need, by their names; undefined where nothing is known of the segment. */
export interface ContextNeeds {
  /** Steps of segments of which a need is known. */
  size: number
  of(item: WorkItemFact): ReadonlyMap<string, StepNeed> | undefined
}

/**
 * How much context each step needs: median and 90th percentile of the input tokens per call of runs that resolved their item
 * at the first attempt without a correction, in the same workflow, segment and step. Steps with fewer than 20 such runs are
 * left out.
 */
export function measureContextNeeds(items: ItemList, segmentOf: SegmentNamer): ContextNeeds {
  const workflows = new Map<string, Map<string, PerCall>>()
  const perCallOf = (item: WorkItemFact) => getOrAdd(getOrAdd(workflows, item.workflow), segmentOf(item))
  // Twice, so that no list of what millions of steps took is made.
  eachStep(items, perCallOf, (finder, tokens) => finder.add(tokens))
  eachStep(items, perCallOf, (finder, tokens) => finder.addAgain(tokens))
  return needsOf(workflows, segmentOf)
}

type VisitStep = (finder: RankFinder, tokens: number) => void

/** Visits the steps of items that succeeded at first try, with the input tokens a call of each. */
function eachStep(items: ItemList, perCallOf: (item: WorkItemFact) => PerCall, visit: VisitStep): void {
  eachDay(items, {
    rows: (rows, from, to, reading) => eachStepOfDay(rows, from, to, reading, perCallOf, visit),
    fact(item) {
      if (!item.firstTry) return
      const perCall = perCallOf(item)
      for (const run of item.runs) {
        for (const { name, calls, inputTokens } of run.steps) {
          if (inputTokens !== null && calls !== 0) visit(finderOf(perCall, name), inputTokens / calls)
        }
      }
    },
  })
}

function needsOf(workflows: ReadonlyMap<string, ReadonlyMap<string, PerCall>>, segmentOf: SegmentNamer): ContextNeeds {
  const needs = new Map<string, Map<string, Map<string, StepNeed>>>()
  let size = 0
  for (const [workflow, segments] of workflows) {
    for (const [segment, perCall] of segments) {
      for (const [step, finder] of perCall) {
        if (finder.size < LEAST_RUNS) continue
        const [typical, need] = finder.find() as [number, number]
        const ofSegment = getOrAdd(getOrAdd(needs, workflow), segment)
        ofSegment.set(step, { workflow, segment, step, typical, need, runs: finder.size })
        size++
      }
    }
  }
  return { size, of: (item) => needs.get(item.workflow)?.get(segmentOf(item)) }
}

/** Input tokens a call, by step. */
type PerCall = Map<string, RankFinder>

function finderOf(perCall: PerCall, step: string): RankFinder {
  let finder = perCall.get(step)
  if (!finder) {
    finder = new RankFinder([0.5, NEED_PERCENTILE])
    perCall.set(step, finder)
  }
  return finder
}

/** The same of items of one packed day; the finder of each step is looked up once for the day and a segment. */
function eachStepOfDay(
  rows: Uint32Array,
  from: number,
  to: number,
  reading: DayReading,
  perCallOf: (item: ItemView) => PerCall,
  visit: VisitStep,
): void {
  const { run, flags } = reading.figures
  const { run: starts, code, name, names, calls, input } = detailOf(reading, 'steps').columns
  const findersOf = new Map<PerCall, RankFinder[]>()
  for (let place = from; place < to; place++) {
    const row = rows[place]!
    if ((flags[row]! & FIRST_TRY) === 0) continue
    const perCall = perCallOf(new ItemView(reading, row))
    let finders = findersOf.get(perCall)
    if (!finders) {
      finders = []
      findersOf.set(perCall, finders)
    }
    for (let index = starts[run[row]!]!; index < starts[run[row + 1]!]!; index++) {
      const tokens = input.nullableAt(index)
      const own = code[index]!
      if (tokens === null || calls[own] === 0) continue
      let finder = finders[own]
      if (!finder) {
        finder = finderOf(perCall, names[name[own]! - 1]!)
        finders[own] = finder
      }
      visit(finder, tokens / calls[own]!)
    }
  }
}

function getOrAdd<Key, Value>(maps: Map<string, Map<Key, Value>>, name: string): Map<Key, Value> {
  const known = maps.get(name)
  if (known) return known
  const added = new Map<Key, Value>()
  maps.set(name, added)
  return added
}
