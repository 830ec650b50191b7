import type { ItemList } from '../../attribution/item-days/item-list.ts'
import type { WorkItemFact } from '../../domain/facts.ts'
import { withScratch } from '../../domain/scratch.ts'
import type { Workflow } from '../../domain/workflow.ts'
import { eachCode } from './code-items.ts'
import { findDimensions, segmentNames } from './find-dimensions.ts'
import { AGENT_DIMENSIONS } from './item-dimensions.ts'
import { readOutcomes } from './read-cohort.ts'
import { sumOf } from './sum-of.ts'

const MOST_VALUES = 20
const LEAST_ITEMS_A_VALUE = 5

/**
 * The dimension that separates the cost of resolved items most: largest share of variance between its groups (epsilon
 * squared, which allows for the number of groups) of each item's cost beyond what its outcome accounts for. Null where none
 * stands out from chance (F below its mean + 3 standard deviations under no difference). Dimensions with more than 20
 * values, or fewer than 5 items a value, are not tables that anyone reads.
 */
export function chooseDimension(
  items: ItemList,
  workflow: Workflow | null,
  timeZone: string,
  except: readonly string[] = [],
): string | null {
  return withScratch(() => {
    const amounts = amountsBeyondOutcome(items)
    let best: { dimension: string; separation: number } | null = null
    for (const dimension of candidateDimensions(items, workflow)) {
      if (except.includes(dimension)) continue
      const groups = sumByValue(items, amounts, dimension, timeZone)
      if (groups === null || groups.length < 2 || items.length < groups.length * LEAST_ITEMS_A_VALUE) continue
      const separation = separationOf(groups)
      if (separation !== null && (best === null || separation > best.separation)) best = { dimension, separation }
    }
    return best?.dimension ?? null
  })
}

/** By place, in micro-dollars: what each item cost, less the cost per resolved item where it was resolved. */
function amountsBeyondOutcome(items: ItemList): Float64Array {
  const { totals: amounts, isResolved } = readOutcomes(items)
  const [cost, resolved] = [sumOf(amounts), sumOf(isResolved)]
  const unitCost = resolved === 0 ? 0 : cost / resolved
  for (let index = 0; index < amounts.length; index++) if (isResolved[index] === 1) amounts[index]! -= unitCost
  return amounts
}

/** The workflow's own dimensions, else the segments that are found in the attributes; and those of the agent's side. */
export function candidateDimensions(items: ItemList, workflow: Workflow | null): string[] {
  if (workflow?.dimensions?.length) return [...workflow.dimensions, ...AGENT_DIMENSIONS]
  const workflows = workflow === null ? ['workflow'] : []
  const found = findDimensions(Array.from(sampleOf(items), (item) => item.attributes))
  return [...workflows, ...segmentNames(found), ...AGENT_DIMENSIONS]
}

/** Items that are looked at for their attributes. */
const SAMPLE = 5000

/** About that many items: lists are in order, so that the same ones are looked at in whatever order they arrived. */
function* sampleOf(items: ItemList): Generator<WorkItemFact, void, undefined> {
  const stride = Math.max(1, Math.ceil(items.length / SAMPLE))
  for (let place = 0; place < items.length; place += stride) yield items.at(place)!
}

interface GroupSum {
  size: number
  sum: number
  squares: number
}

/** Null where there are more values than a table has rows. */
function sumByValue(items: ItemList, amounts: Float64Array, dimension: string, timeZone: string): GroupSum[] | null {
  const groups: GroupSum[] = []
  const values = eachCode(items, dimension, timeZone, MOST_VALUES, (place, code) => {
    if (code === groups.length) groups.push({ size: 0, sum: 0, squares: 0 })
    const group = groups[code]!
    const amount = amounts[place]!
    group.size++
    group.sum += amount
    group.squares += amount * amount
  })
  return values.length > MOST_VALUES ? null : groups
}

function separationOf(groups: readonly GroupSum[]): number | null {
  const size = groups.reduce((total, group) => total + group.size, 0)
  const mean = groups.reduce((total, group) => total + group.sum, 0) / size
  const between = groups.reduce((total, group) => total + group.size * (group.sum / group.size - mean) ** 2, 0)
  const within = groups.reduce((total, group) => total + group.squares - group.sum ** 2 / group.size, 0)
  const freedom = groups.length - 1
  if (between + within <= 0 || size <= groups.length) return null
  const withinMean = Math.max(0, within) / (size - groups.length)
  const f = withinMean === 0 ? Number.POSITIVE_INFINITY : between / freedom / withinMean
  if (f < 1 + 3 * Math.sqrt(2 / freedom)) return null
  return (between - freedom * withinMean) / (between + within)
}
