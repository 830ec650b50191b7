import type { MicroDollars } from '../../domain/money.ts'
import { scratch, withScratch } from '../../domain/scratch.ts'
import type { ModelArm } from './build-arms.ts'
import type { CohortColumns } from './read-cohort.ts'
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

/**
 * The model that gets most items of an arm against every other one. The cheaper of the two is good enough where its
 * resolution rate is not worse by more than the margin (lower end of Newcombe's interval above −margin) and its cost per
 * item is lower (whole interval). The error of 5 % is divided by the number of comparisons (Bonferroni), so that the whole
 * answer claims falsely in at most 5 %.
 */
export function compareModels(cohort: CohortColumns, arms: readonly ModelArm[]): ModelComparison[] {
  const pairs = arms.flatMap(pairsOf)
  const level = 1 - (1 - LEVEL) / Math.max(1, pairs.length)
  return pairs.map((pair) => withScratch(() => comparePair(cohort, pair, level)))
}

/** Of the items at these places. Without a level the interval is not worked out. */
export function recordOf(
  { isResolved, isPriced, totals }: CohortColumns,
  model: string,
  places: Uint32Array,
  level: number | null = null,
): ModelRecord {
  const items = places.length
  let [resolved, cost, priced] = [0, 0, 0]
  const costs = level === null ? null : scratch(Float64Array, items)
  for (let index = 0; index < items; index++) {
    const place = places[index]!
    resolved += isResolved[place]!
    if (isPriced[place] === 0) continue
    if (costs) costs[priced] = totals[place]!
    priced++
    cost += totals[place]!
  }
  const costInterval = costs && ratioIntervalOf(costs.subarray(0, priced), scratch(Uint8Array, priced).fill(1), level!)
  return {
    ...{ model, items, resolved, rate: items === 0 ? 0 : resolved / items },
    costPerItem: priced === 0 ? null : cost / priced,
    costInterval,
  }
}

interface Pair {
  arm: ModelArm
  models: [[string, Uint32Array], [string, Uint32Array]]
}

/** Items that broke off early may look as if they had been given to another model; a handful of them is no alternative. */
const LEAST_SHARE = 0.05

function pairsOf(arm: ModelArm): Pair[] {
  const models = [...arm.byModel]
  const total = models.reduce((sum, [, places]) => sum + places.length, 0)
  const [most, ...others] = models
  if (!most) return []
  return others
    .filter(([, places]) => places.length >= LEAST_ITEMS || places.length >= LEAST_SHARE * total)
    .map((other) => ({ arm, models: [most, other] }))
}

function comparePair(cohort: CohortColumns, { arm, models }: Pair, level: number): ModelComparison {
  // Which of the two is the cheaper one is seen in the same data, so its cost must be lower at half the error.
  const records = models.map(([model, places]) => recordOf(cohort, model, places, (1 + level) / 2))
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
