import { type DayReading, detailOf } from '../../attribution/item-days/day-reading.ts'
import type { ItemList } from '../../attribution/item-days/item-list.ts'
import { FIRST_TRY } from '../../attribution/item-days/pack-figures.ts'
import type { WorkItemFact } from '../../domain/facts.ts'
import { eachDay } from './each-day.ts'
import type { RowsOfDay } from './each-run-within.ts'
import { lastKept, type SegmentNamer } from './name-segments.ts'
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

/** What the steps of an item's segment need. */
export interface ContextNeeds {
  /** Steps of segments of which a need is known. */
  size: number
  of(item: WorkItemFact): StepNeeds
  /** Of items of one packed day, by their rows. */
  onDay(reading: DayReading): (row: number) => StepNeeds
}

/** By the name of the step; undefined where nothing is known of the segment. */
export type StepNeeds = ReadonlyMap<string, StepNeed> | undefined

/**
 * How much context each step needs: median and 90th percentile of the input tokens per call of runs that resolved their item
 * at the first attempt without a correction, in the same workflow, segment and step. Steps with fewer than 20 such runs are
 * left out.
 */
export function measureContextNeeds(items: ItemList, segments: SegmentNamer): ContextNeeds {
  const workflows = new Map<string, Map<string, PerCall>>()
  // Twice, so that no list of what millions of steps took is made.
  eachStep(items, segments, workflows, (finder, tokens) => finder.add(tokens))
  eachStep(items, segments, workflows, (finder, tokens) => finder.addAgain(tokens))
  return needsOf(workflows, segments)
}

type VisitStep = (finder: RankFinder, tokens: number) => void

/** Visits the steps of items that succeeded at first try, with the input tokens a call of each. */
function eachStep(
  items: ItemList,
  segments: SegmentNamer,
  workflows: Map<string, Map<string, PerCall>>,
  visit: VisitStep,
): void {
  eachDay(items, {
    rows(rows, from, to, reading) {
      const ofWorkflow = getOrAdd(workflows, reading.figures.workflow)
      const perCallOf = lastKept(segments.onDay(reading), (segment) => getOrAdd(ofWorkflow, segment))
      eachStepOfDay({ rows, from, to, reading }, perCallOf, visit)
    },
    fact(item) {
      if (!item.firstTry) return
      const perCall = getOrAdd(getOrAdd(workflows, item.workflow), segments.of(item))
      for (const run of item.runs) {
        for (const { name, calls, inputTokens } of run.steps) {
          if (inputTokens !== null && calls !== 0) visit(finderOf(perCall, name), inputTokens / calls)
        }
      }
    },
  })
}

function needsOf(workflows: ReadonlyMap<string, ReadonlyMap<string, PerCall>>, segments: SegmentNamer): ContextNeeds {
  const needs = new Map<string, Map<string, Map<string, StepNeed>>>()
  let size = 0
  for (const [workflow, ofWorkflow] of workflows) {
    for (const [segment, perCall] of ofWorkflow) {
      for (const [step, finder] of perCall) {
        if (finder.size < LEAST_RUNS) continue
        const [typical, need] = finder.find() as [number, number]
        const ofSegment = getOrAdd(getOrAdd(needs, workflow), segment)
        ofSegment.set(step, { workflow, segment, step, typical, need, runs: finder.size })
        size++
      }
    }
  }
  return {
    size,
    of: (item) => needs.get(item.workflow)?.get(segments.of(item)),
    onDay(reading) {
      const ofWorkflow = needs.get(reading.figures.workflow)
      return lastKept(segments.onDay(reading), (segment) => ofWorkflow?.get(segment))
    },
  }
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
  { rows, from, to, reading }: RowsOfDay,
  perCallOf: (row: number) => PerCall,
  visit: VisitStep,
): void {
  const { run, flags } = reading.figures
  const { run: starts, code, name, names, calls, input } = detailOf(reading, 'steps').columns
  const findersOf = new Map<PerCall, RankFinder[]>()
  let [perCall, finders]: [PerCall | null, RankFinder[]] = [null, []]
  for (let place = from; place < to; place++) {
    const row = rows[place]!
    if ((flags[row]! & FIRST_TRY) === 0) continue
    const own = perCallOf(row)
    if (own !== perCall) {
      perCall = own
      finders = findersOf.get(own) ?? []
      findersOf.set(own, finders)
    }
    for (let index = starts[run[row]!]!; index < starts[run[row + 1]!]!; index++) {
      const tokens = input.nullableAt(index)
      const step = code[index]!
      if (tokens === null || calls[step] === 0) continue
      finders[step] ??= finderOf(own, names[name[step]! - 1]!)
      visit(finders[step], tokens / calls[step]!)
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
