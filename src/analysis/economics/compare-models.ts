import type { WorkItemFact } from '../../domain/facts.ts'
import type { MicroDollars } from '../../domain/money.ts'
import { addToGroup } from './add-to-group.ts'
import { firstRunOf, modelOfFirst } from './attempts-of-items.ts'
import { eachStep } from './each-step.ts'
import { runCountOf } from './select-items.ts'
import { differenceInterval } from './statistics/difference-interval.ts'
import { type Interval, LEVEL } from './statistics/interval.ts'
import { newcombeInterval } from './statistics/newcombe-interval.ts'
import { ratioIntervalOf } from './statistics/ratio-interval.ts'
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

/** `not_shown`: enough items to look at, not enough to tell; `not_cheaper`: good enough, but not shown to cost less. */
export type RoutingVerdict = 'good_enough' | 'worse' | 'not_shown' | 'too_few' | 'not_cheaper'

/** Two models within one segment and step: whether the cheaper one could take the dearer one's items. */
export interface ModelComparison {
  segment: string
  /** Null: the item as a whole. */
  step: string | null
  cheaper: ModelRecord
  dearer: ModelRecord
  /** Of the resolution rates, cheaper − dearer; at the level that allows for the number of comparisons. */
  difference: Interval | null
  verdict: RoutingVerdict
  /** Dearer one's cost per item − the cheaper one's. */
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
  const steps = new Map(
    stepsOfSeveral(items).map((step): [string, ModelArm] => [step, { segment, step, byModel: new Map() }]),
  )
  for (const item of items) {
    if (runCountOf(item) === 0) continue
    const model = modelOfFirst(item)
    if (model !== null) addToGroup(whole.byModel, model, item)
    if (steps.size === 0) continue
    eachStep(firstRunOf(item), (step, _calls, _input, _cost, on) => {
      const arm = on === null ? undefined : steps.get(step)
      if (arm) addToGroup(arm.byModel, on!, item)
    })
  }
  return [whole, ...[...steps.values()].sort((a, b) => (a.step! < b.step! ? -1 : 1))].map(rankModels)
}

/** Steps that ran on several models: few do, and only their items are kept. */
function stepsOfSeveral(items: readonly WorkItemFact[]): string[] {
  const modelOf = new Map<string, string>()
  const several = new Set<string>()
  for (const item of items) {
    if (runCountOf(item) === 0) continue
    eachStep(firstRunOf(item), (step, _calls, _input, _cost, on) => {
      if (on === null) return
      const known = modelOf.get(step)
      if (known === undefined) modelOf.set(step, on)
      else if (known !== on) several.add(step)
    })
  }
  return [...several]
}

/** The model with most items first, then by name. */
function rankModels(arm: ModelArm): ModelArm {
  const ranked = [...arm.byModel].sort(([a, left], [b, right]) => right.length - left.length || (a < b ? -1 : 1))
  return { ...arm, byModel: new Map(ranked) }
}

/**
 * The model that gets most items of an arm against every other one. The cheaper of the two is good enough where its
 * resolution rate is not worse by more than the margin (lower end of Newcombe's interval above −margin) and its cost per
 * item is lower (whole interval). The error of 5 % is divided by the number of comparisons (Bonferroni), so that the whole
 * answer claims falsely in at most 5 %.
 */
export function compareModels(arms: readonly ModelArm[]): ModelComparison[] {
  const pairs = arms.flatMap(pairsOf)
  const level = 1 - (1 - LEVEL) / Math.max(1, pairs.length)
  return pairs.map((pair) => comparePair(pair, level))
}

export function recordOf(model: string, items: readonly WorkItemFact[], level = LEVEL): ModelRecord {
  let [resolved, cost, priced] = [0, 0, 0]
  const costs = new Float64Array(items.length)
  for (const item of items) {
    if (item.status === 'resolved') resolved++
    if (item.unpricedCalls > 0 || item.unpricedCorrections > 0) continue
    costs[priced++] = item.totalMicros
    cost += item.totalMicros
  }
  const known = costs.subarray(0, priced)
  return {
    ...{ model, items: items.length, resolved, rate: items.length === 0 ? 0 : resolved / items.length },
    costPerItem: priced === 0 ? null : cost / priced,
    costInterval: ratioIntervalOf(known, new Float64Array(priced).fill(1), level),
  }
}

interface Pair {
  arm: ModelArm
  models: [[string, WorkItemFact[]], [string, WorkItemFact[]]]
}

/** Items that broke off early may look as if they had been given to another model; a handful of them is no alternative. */
const LEAST_SHARE = 0.05

function pairsOf(arm: ModelArm): Pair[] {
  const models = [...arm.byModel]
  const total = models.reduce((sum, [, items]) => sum + items.length, 0)
  const [most, ...others] = models
  if (!most) return []
  return others
    .filter(([, items]) => items.length >= LEAST_ITEMS || items.length >= LEAST_SHARE * total)
    .map((other) => ({ arm, models: [most, other] }))
}

function comparePair({ arm, models }: Pair, level: number): ModelComparison {
  // Which of the two is the cheaper one is seen in the same data, so its cost must be lower at half the error.
  const records = models.map(([model, items]) => recordOf(model, items, (1 + level) / 2))
  const [most, other] = [records[0]!, records[1]!]
  const isOtherDearer = most.costPerItem !== null && other.costPerItem !== null && other.costPerItem > most.costPerItem
  const [cheaper, dearer] = isOtherDearer ? [most, other] : [other, most]
  const difference = newcombeInterval(
    { successes: cheaper.resolved, total: cheaper.items },
    { successes: dearer.resolved, total: dearer.items },
    level,
  )
  const saving =
    dearer.costPerItem === null || cheaper.costPerItem === null ? null : dearer.costPerItem - cheaper.costPerItem
  return {
    ...{ segment: arm.segment, step: arm.step, cheaper, dearer, difference, saving },
    verdict: judge(cheaper, dearer, difference),
    trialItems: trialSize(dearer.rate, MARGIN, (1 - level) / 2),
  }
}

function judge(cheaper: ModelRecord, dearer: ModelRecord, difference: Interval | null): RoutingVerdict {
  if (difference === null || Math.min(cheaper.items, dearer.items) < LEAST_ITEMS) return 'too_few'
  if (difference.high < -MARGIN) return 'worse'
  if (difference.low <= -MARGIN) return 'not_shown'
  const cost = costDifference(cheaper, dearer)
  return cost !== null && cost.high < 0 ? 'good_enough' : 'not_cheaper'
}

function costDifference(cheaper: ModelRecord, dearer: ModelRecord): Interval | null {
  if (!dearer.costInterval || !cheaper.costInterval) return null
  return differenceInterval(
    { value: cheaper.costPerItem!, interval: cheaper.costInterval },
    { value: dearer.costPerItem!, interval: dearer.costInterval },
  )
}
