import type { WorkItemFact } from '../../domain/facts.ts'
import type { Workflow } from '../../domain/workflow.ts'
import { groupItems } from './group-items.ts'
import { AGENT_DIMENSIONS } from './item-dimensions.ts'
import { totalItems } from './item-totals.ts'

const MOST_VALUES = 20
const LEAST_ITEMS_A_VALUE = 5

/**
 * The dimension that separates the cost of resolved items most: largest share of variance between its groups (epsilon
 * squared, which allows for the number of groups) of each item's cost beyond what its outcome accounts for. Null where none
 * stands out from chance (F below its mean + 3 standard deviations under no difference). Dimensions with more than 20
 * values, or fewer than 5 items a value, are not tables that anyone reads.
 */
export function chooseDimension(
  items: readonly WorkItemFact[],
  workflow: Workflow | null,
  timeZone: string,
  except: readonly string[] = [],
): string | null {
  const totals = totalItems(items)
  const unitCost = totals.resolved === 0 ? 0 : totals.totalMicros / totals.resolved
  const excess = (item: WorkItemFact) => item.totalMicros - (item.status === 'resolved' ? unitCost : 0)
  let best: { dimension: string; separation: number } | null = null
  for (const dimension of candidateDimensions(items, workflow)) {
    if (except.includes(dimension)) continue
    const groups = groupItems(items, dimension, timeZone)
    if (groups.length < 2 || groups.length > MOST_VALUES) continue
    if (items.length < groups.length * LEAST_ITEMS_A_VALUE) continue
    const separation = separationOf(groups.map((group) => group.items.map(excess)))
    if (separation !== null && (best === null || separation > best.separation)) best = { dimension, separation }
  }
  return best?.dimension ?? null
}

/** The workflow's own dimensions, else every attribute that arrived; and those of the agent's side. */
export function candidateDimensions(items: readonly WorkItemFact[], workflow: Workflow | null): string[] {
  if (workflow?.dimensions?.length) return [...workflow.dimensions, ...AGENT_DIMENSIONS]
  const names = new Set<string>()
  for (const item of items) for (const name of Object.keys(item.attributes)) names.add(name)
  const workflows = workflow === null ? ['workflow'] : []
  return [...workflows, ...[...names].sort(), ...AGENT_DIMENSIONS]
}

function separationOf(groups: readonly number[][]): number | null {
  const sizes = groups.map((group) => group.length)
  const size = sizes.reduce((sum, one) => sum + one, 0)
  const means = groups.map((group) => group.reduce((sum, value) => sum + value, 0) / group.length)
  const mean = means.reduce((sum, one, index) => sum + one * sizes[index]!, 0) / size
  const between = means.reduce((sum, one, index) => sum + sizes[index]! * (one - mean) ** 2, 0)
  const within = groups.reduce(
    (sum, group, index) => sum + group.reduce((part, value) => part + (value - means[index]!) ** 2, 0),
    0,
  )
  const freedom = groups.length - 1
  if (between + within === 0 || size <= groups.length) return null
  const withinMean = within / (size - groups.length)
  const f = withinMean === 0 ? Number.POSITIVE_INFINITY : between / freedom / withinMean
  if (f < 1 + 3 * Math.sqrt(2 / freedom)) return null
  return (between - freedom * withinMean) / (between + within)
}
