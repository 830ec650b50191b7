import type { SegmentChange } from './decompose-drivers.ts'
import { costOfRow, type ItemRow } from './item-row.ts'
import { dimensionNames } from './item-table.ts'
import { isInSegment, type Segment } from './segment.ts'
import { type Comparison, usageOf } from './weigh-cause.ts'

const MOST_VALUES = 12
/** A dimension must explain this part of the spread of cost per item before the change is shown by it. */
const MINIMUM_EXPLAINED = 0.02

/**
 * Cuts the items into segments that do not overlap, for the decomposition: the causes' segments first, each without those
 * before it, then the rest by the dimension of the work that sets costs apart the most, so that a shift of mix shows as items
 * of its segments and not as dearer items. Without such a dimension the rest is one segment, {}.
 */
export function partitionSegments(
  comparison: Comparison,
  causes: readonly Segment[],
  agentDimensions: readonly string[],
): SegmentChange[] {
  const rows = comparison.rows.filter((row) => comparison.isCurrent(row) || comparison.isCompared(row))
  const dimension = costliestDimension(rows, agentDimensions)
  // A cause's part goes by its segment, the rest's by their value: either is its own key, and no row makes a new one.
  const parts = new Map<Segment | string | null, { segment: Segment; rows: ItemRow[] }>()
  for (const row of rows) {
    const cause = causes.find((segment) => isInSegment(row.dimensions, segment))
    const value = dimension === null ? null : (row.dimensions[dimension] ?? null)
    const part = parts.get(cause ?? value)
    if (part) part.rows.push(row)
    else
      parts.set(cause ?? value, { segment: cause ?? (dimension === null ? {} : { [dimension]: value }), rows: [row] })
  }
  return [...parts.values()].map((part) => ({ segment: part.segment, ...usageOf(part.rows, comparison) }))
}

/** The dimension whose values explain most of the variance of cost per item (adjusted for their number), if any does. */
function costliestDimension(rows: readonly ItemRow[], agentDimensions: readonly string[]): string | null {
  const names = dimensionNames(rows)
  let best: string | null = null
  let bestExplained = MINIMUM_EXPLAINED
  const costs = rows.map(costOfRow)
  const centre = costs.reduce((sum, cost) => sum + cost, 0) / costs.length
  const spread = costs.reduce((sum, cost) => sum + (cost - centre) ** 2, 0)
  for (const name of names) {
    if (agentDimensions.includes(name)) continue
    const groups = new Map<string | null, { count: number; sum: number }>()
    for (let index = 0; index < rows.length; index++) {
      const value = rows[index]!.dimensions[name] ?? null
      const group = groups.get(value)
      if (group) {
        group.count++
        group.sum += costs[index]!
      } else groups.set(value, { count: 1, sum: costs[index]! })
    }
    if (groups.size < 2 || groups.size > MOST_VALUES) continue
    let between = 0
    for (const group of groups.values()) between += group.count * (group.sum / group.count - centre) ** 2
    const explained = spread === 0 ? 0 : between / spread - (groups.size - 1) / (rows.length - 1)
    if (explained > bestExplained) {
      best = name
      bestExplained = explained
    }
  }
  return best
}
