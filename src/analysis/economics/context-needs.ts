import type { RunFact, StepUse, WorkItemFact } from '../../domain/facts.ts'
import { addToGroup } from './add-to-group.ts'
import { estimateInputPrices } from './estimate-input-prices.ts'
import { percentile } from './statistics/percentile.ts'

/** Fewer good runs than this say nothing about how much context a step needs. */
const LEAST_RUNS = 20
/** One good run in ten uses more than what is called the need. */
const NEED_PERCENTILE = 0.9

/** What a step of one workflow and segment needs, in input tokens a call. */
export interface StepNeed {
  typical: number
  need: number
  runs: number
}

/** The part of a workflow that items are compared within. */
export type SegmentNamer = (item: WorkItemFact) => string

/**
 * How much context each step needs: median and 90th percentile of the input tokens per call of runs that resolved their item
 * at the first attempt without a correction, in the same workflow, segment and step. Steps with fewer than 20 such runs are
 * left out.
 */
export function measureContextNeeds(items: readonly WorkItemFact[], segmentOf: SegmentNamer): Map<string, StepNeed> {
  const perCall = new Map<string, number[]>()
  for (const item of items) {
    if (!item.firstTry) continue
    for (const run of item.runs) {
      for (const step of run.steps) {
        const tokens = tokensPerCall(step)
        if (tokens === null) continue
        const key = needKey(item, step, segmentOf)
        addToGroup(perCall, key, tokens)
      }
    }
  }
  const needs = new Map<string, StepNeed>()
  for (const [key, values] of perCall) {
    if (values.length < LEAST_RUNS) continue
    const [typical, need] = [percentile(values, 0.5)!, percentile(values, NEED_PERCENTILE)!]
    needs.set(key, { typical, need, runs: values.length })
  }
  return needs
}

const SEPARATOR = '\u0000'

/** Segment and step of a key. */
export function readNeedKey(key: string): { segment: string; step: string } {
  const [, segment = '', ...step] = key.split(SEPARATOR)
  return { segment, step: step.join(SEPARATOR) }
}

export function needKey(item: WorkItemFact, step: StepUse, segmentOf: SegmentNamer): string {
  return [item.workflow, segmentOf(item), step.name].join(SEPARATOR)
}

/** Input tokens per call of a step; null where no call reported them. */
export function tokensPerCall(step: StepUse): number | null {
  return step.inputTokens === null || step.calls === 0 ? null : step.inputTokens / step.calls
}

/** One step of a run that had more context than its kind needs. */
export interface ContextExcess {
  step: StepUse
  need: StepNeed
  tokens: number
  /** At the model's price of an input token, never above what the step cost; null where that price is not known. */
  micros: number | null
}

/** A run of the period with what it carried beyond need. */
export interface RunInContext {
  item: WorkItemFact
  run: RunFact
  excess: ContextExcess[]
}

/** Every step of a run with more input tokens per call than the need, with tokens beyond it and what those cost. */
export function listExcess(
  item: WorkItemFact,
  run: RunFact,
  needs: ReadonlyMap<string, StepNeed>,
  inputPrices: ReadonlyMap<string, number>,
  segmentOf: SegmentNamer,
): ContextExcess[] {
  return run.steps.flatMap((step): ContextExcess[] => {
    const perCall = tokensPerCall(step)
    const need = needs.get(needKey(item, step, segmentOf))
    if (perCall === null || need === undefined || perCall <= need.need) return []
    const tokens = (perCall - need.need) * step.calls
    const price = step.model === null ? undefined : inputPrices.get(step.model)
    return [{ step, need, tokens, micros: price === undefined ? null : Math.min(step.costMicros, tokens * price) }]
  })
}

/** Needs and prices of input, as the loaded items tell them. */
export function estimateNeeds(
  items: readonly WorkItemFact[],
  closed: readonly WorkItemFact[],
  segmentOf: SegmentNamer,
): {
  needs: Map<string, StepNeed>
  prices: Map<string, number>
  needOf(item: WorkItemFact, step: StepUse, segmentOf: SegmentNamer): StepNeed | undefined
} {
  const needs = measureContextNeeds(closed, segmentOf)
  return {
    needs,
    prices: estimateInputPrices(items),
    needOf: (item, step, name) => needs.get(needKey(item, step, name)),
  }
}
