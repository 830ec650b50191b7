import type { WorkItemFact } from '../../domain/facts.ts'
import type { MicroDollars } from '../../domain/money.ts'
import { addToGroup } from './add-to-group.ts'
import { mainModel } from './item-dimensions.ts'
import { differenceInterval } from './statistics/difference-interval.ts'
import { type Interval, LEVEL } from './statistics/interval.ts'
import { newcombeInterval } from './statistics/newcombe-interval.ts'
import { ratioInterval } from './statistics/ratio-interval.ts'
import { trialSize } from './statistics/trial-size.ts'

/** How much lower a resolution rate may be and still count as not worse. */
export const MARGIN = 0.05
/** Fewer items than this on a side are no evidence of anything. */
export const LEAST_ITEMS = 30

/** What became of the items that were first given to one model. */
export interface ModelRecord {
  model: string
  items: number
  resolved: number
  rate: number
  /** Mean whole-life cost of an item whose every call is priced; null where there is none. */
  costPerItem: MicroDollars | null
  costInterval: Interval | null
}

/** `not_shown`: enough items to look at, not enough to tell. */
export type RoutingVerdict = 'good_enough' | 'worse' | 'not_shown' | 'too_few' | 'not_cheaper'

/** A cheaper model against the one that gets most items, within one segment and step. */
export interface ModelComparison {
  segment: string
  /** Null: the item as a whole. */
  step: string | null
  incumbent: ModelRecord
  other: ModelRecord
  /** Of the resolution rates, other − incumbent; at the level that allows for the number of comparisons. */
  difference: Interval | null
  verdict: RoutingVerdict
  /** Incumbent's cost per item − the other's; positive is a saving. */
  saving: MicroDollars | null
  /** Items on each side that would settle it. */
  trialItems: number
}

/** The items of one segment and step, by the model that they were first given to. */
export interface ModelArm {
  segment: string
  step: string | null
  byModel: Map<string, WorkItemFact[]>
}

/** Arms by the model of the item's first attempt, and for every step that ran on several models by the step's own. */
export function buildArms(segment: string, items: readonly WorkItemFact[]): ModelArm[] {
  const whole: ModelArm = { segment, step: null, byModel: new Map() }
  const steps = new Map<string, ModelArm>()
  for (const item of items) {
    const first = item.runs[0]
    if (!first) continue
    const model = mainModel(first)
    if (model !== null) addToGroup(whole.byModel, model, item)
    for (const step of first.steps) {
      if (step.model === null) continue
      const arm = steps.get(step.name) ?? { segment, step: step.name, byModel: new Map() }
      addToGroup(arm.byModel, step.model, item)
      steps.set(step.name, arm)
    }
  }
  const several = [...steps.values()].filter((arm) => arm.byModel.size > 1)
  return [whole, ...several.sort((a, b) => (a.step! < b.step! ? -1 : 1))]
}

/**
 * Every cheaper model against the incumbent of its arm. A model is good enough where its resolution rate is not worse by
 * more than the margin (lower end of Newcombe's interval above −margin) and its cost per item is lower (whole interval),
 * both at 90 % two-sided, divided by the number of comparisons (Bonferroni), so that the whole answer claims falsely in at
 * most 5 %.
 */
export function compareModels(arms: readonly ModelArm[]): ModelComparison[] {
  const pairs = arms.flatMap(pairsOf)
  const level = 1 - (1 - LEVEL) / Math.max(1, pairs.length)
  return pairs.map(({ arm, incumbent, other }) => comparePair(arm, incumbent, other, level))
}

export function recordOf(model: string, items: readonly WorkItemFact[], level = LEVEL): ModelRecord {
  const resolved = items.filter((item) => item.status === 'resolved').length
  const priced = items.filter((item) => item.unpricedCalls === 0 && item.unpricedCorrections === 0)
  const cost = priced.reduce((sum, item) => sum + item.totalMicros, 0)
  const parts = priced.map((item) => ({ numerator: item.totalMicros, denominator: 1 }))
  return {
    ...{ model, items: items.length, resolved, rate: items.length === 0 ? 0 : resolved / items.length },
    costPerItem: priced.length === 0 ? null : cost / priced.length,
    costInterval: ratioInterval(parts, level),
  }
}

type Pair = { arm: ModelArm; incumbent: [string, WorkItemFact[]]; other: [string, WorkItemFact[]] }

function pairsOf(arm: ModelArm): Pair[] {
  const models = [...arm.byModel].sort(([a, left], [b, right]) => right.length - left.length || (a < b ? -1 : 1))
  const [incumbent, ...others] = models
  return incumbent ? others.map((other) => ({ arm, incumbent, other })) : []
}

function comparePair(arm: ModelArm, first: Pair['incumbent'], second: Pair['other'], level: number): ModelComparison {
  const [incumbent, other] = [recordOf(...first, level), recordOf(...second, level)]
  const difference = newcombeInterval(
    { successes: other.resolved, total: other.items },
    { successes: incumbent.resolved, total: incumbent.items },
    level,
  )
  const saving =
    incumbent.costPerItem === null || other.costPerItem === null ? null : incumbent.costPerItem - other.costPerItem
  const common = { segment: arm.segment, step: arm.step, incumbent, other, difference, saving }
  return { ...common, verdict: judge(incumbent, other, difference), trialItems: trialSize(incumbent.rate, MARGIN) }
}

function judge(incumbent: ModelRecord, other: ModelRecord, difference: Interval | null): RoutingVerdict {
  if (difference === null || Math.min(incumbent.items, other.items) < LEAST_ITEMS) return 'too_few'
  if (difference.high < -MARGIN) return 'worse'
  const cost = costDifference(incumbent, other)
  if (cost && cost.low >= 0) return 'not_cheaper'
  return difference.low > -MARGIN && cost !== null && cost.high < 0 ? 'good_enough' : 'not_shown'
}

function costDifference(incumbent: ModelRecord, other: ModelRecord): Interval | null {
  if (!incumbent.costInterval || !other.costInterval) return null
  return differenceInterval(
    { value: other.costPerItem!, interval: other.costInterval },
    { value: incumbent.costPerItem!, interval: incumbent.costInterval },
  )
}
