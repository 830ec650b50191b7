import { type DayReading, detailOf } from '../../attribution/item-days/day-reading.ts'
import { ItemView } from '../../attribution/item-days/item-view.ts'
import { nullableAt } from '../../attribution/item-days/numbers.ts'
import type { RunFact, WorkItemFact } from '../../domain/facts.ts'
import type { MicroDollars } from '../../domain/money.ts'
import { eachStep } from './each-step.ts'
import { percentiles } from './statistics/percentile.ts'

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
export function measureContextNeeds(items: readonly WorkItemFact[], segmentOf: SegmentNamer): ContextNeeds {
  const workflows = new Map<string, Map<string, PerCall>>()
  const addPacked = createPackedSteps()
  for (const item of items) {
    if (!item.firstTry) continue
    const segments = getOrAdd(workflows, item.workflow)
    const perCall = getOrAdd(segments, segmentOf(item))
    if (item instanceof ItemView) {
      addPacked(item, perCall)
      continue
    }
    for (const run of item.runs) {
      eachStep(run, (step, calls, inputTokens) => {
        if (inputTokens === null || calls === 0) return
        const values = perCall.get(step)
        if (values) values.push(inputTokens / calls)
        else perCall.set(step, [inputTokens / calls])
      })
    }
  }
  const needs = new Map<string, Map<string, Map<string, StepNeed>>>()
  let size = 0
  for (const [workflow, segments] of workflows) {
    for (const [segment, perCall] of segments) {
      for (const [step, values] of perCall) {
        if (values.length < LEAST_RUNS) continue
        const [typical, need] = percentiles(values, [0.5, NEED_PERCENTILE]) as [number, number]
        const ofSegment = getOrAdd(getOrAdd(needs, workflow), segment)
        ofSegment.set(step, { workflow, segment, step, typical, need, runs: values.length })
        size++
      }
    }
  }
  return { size, of: (item) => needs.get(item.workflow)?.get(segmentOf(item)) }
}

/** Input tokens a call, by step. */
type PerCall = Map<string, number[]>

/** Adds the steps of items from packed days, finding the list of each step once for a day and segment. */
function createPackedSteps() {
  let reading: DayReading | null = null
  let ofDay = new Map<PerCall, number[][]>()
  return (item: ItemView, perCall: PerCall): void => {
    if (item.reading !== reading) {
      reading = item.reading
      ofDay = new Map()
    }
    let lists = ofDay.get(perCall)
    if (!lists) {
      lists = []
      ofDay.set(perCall, lists)
    }
    const { run: starts, name, names, calls, input } = detailOf(reading, 'steps').columns
    for (let index = starts[item.firstRun]!; index < starts[item.endOfRuns]!; index++) {
      const tokens = nullableAt(input, index)
      if (tokens === null || calls[index] === 0) continue
      const code = name[index]!
      let values = lists[code]
      if (!values) {
        values = perCall.get(names[code - 1]!) ?? []
        lists[code] = values
        perCall.set(names[code - 1]!, values)
      }
      values.push(tokens / calls[index]!)
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

/** One step of a run, of which the need is known and no call lacks its tokens. */
export interface JudgedStep {
  need: StepNeed
  calls: number
  inputTokens: number
  /** Tokens beyond the need; 0 where it had no more than that. */
  beyond: number
  /** What they cost, at the model's price of an input token, never above what the step cost; null where that price is not known. */
  micros: MicroDollars | null
}

/** Visits every step of a run that its segment's needs tell something of. `inputPrices` in micro-dollars a token. */
export function judgeSteps(
  run: RunFact,
  needs: ReadonlyMap<string, StepNeed> | undefined,
  inputPrices: ReadonlyMap<string, number>,
  visit: (step: JudgedStep) => void,
): void {
  if (!needs) return
  eachStep(run, (name, calls, inputTokens, costMicros, model) => {
    const need = needs.get(name)
    if (need === undefined || inputTokens === null || calls === 0) return
    const perCall = inputTokens / calls
    const beyond = perCall <= need.need ? 0 : (perCall - need.need) * calls
    const price = model === null ? undefined : inputPrices.get(model)
    const micros = price === undefined ? null : Math.min(costMicros, beyond * price)
    visit({ need, calls, inputTokens, beyond, micros })
  })
}
