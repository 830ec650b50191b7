import { scratch } from '../../domain/scratch.ts'
import type { SegmentChange } from './decompose-drivers.ts'
import type { Segment } from './segment.ts'
import { segmentTest } from './segment-test.ts'
import { mean } from './statistics.ts'
import { costAt, rowsWhere, type UsageTable } from './usage-table.ts'
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
  const { table, isCurrent, isCompared } = comparison
  const { names, values, codes } = table.dimensions
  const rows = rowsWhere(table, (row) => isCurrent(row) || isCompared(row))
  const dimension = costliestDimension(table, rows, agentDimensions)
  const tests = causes.map((segment) => segmentTest(table.dimensions, segment))
  // A cause's part goes below zero, the rest's by the code of their value.
  const parts = splitRows(rows, (row) => {
    for (let cause = 0; cause < tests.length; cause++) if (tests[cause]!(row)) return -1 - cause
    return dimension === null ? 0 : codes[dimension]![row]!
  })
  const segmentOf = (key: number): Segment => {
    if (key < 0) return causes[-1 - key]!
    return dimension === null ? {} : { [names[dimension]!]: values[dimension]![key]! }
  }
  return Array.from(parts, ([key, own]) => ({ segment: segmentOf(key), ...usageOf(own, comparison) }))
}

/** The rows by their key, in order of appearance. */
function splitRows(rows: Int32Array, keyOf: (row: number) => number): Map<number, Int32Array> {
  const keys = scratch(Int32Array, rows.length)
  const counts = new Map<number, number>()
  for (let index = 0; index < rows.length; index++) {
    const key = keyOf(rows[index]!)
    keys[index] = key
    counts.set(key, (counts.get(key) ?? 0) + 1)
  }
  const parts = new Map<number, Int32Array>()
  for (const [key, count] of counts) {
    const part = scratch(Int32Array, count)
    let next = 0
    for (let index = 0; next < count; index++) if (keys[index] === key) part[next++] = rows[index]!
    parts.set(key, part)
  }
  return parts
}

/** The dimension whose values explain most of the variance of cost per item (adjusted for their number), if any does. */
function costliestDimension(table: UsageTable, rows: Int32Array, agentDimensions: readonly string[]): number | null {
  const { names } = table.dimensions
  let best: number | null = null
  let bestExplained = MINIMUM_EXPLAINED
  const costs = scratch(Float64Array, rows.length)
  for (let index = 0; index < rows.length; index++) costs[index] = costAt(table, rows[index]!)
  const centre = mean(costs)
  let spread = 0
  for (let index = 0; index < costs.length; index++) spread += (costs[index]! - centre) ** 2
  const byName = Array.from(names.keys()).sort((left, right) => (names[left]! < names[right]! ? -1 : 1))
  for (const dimension of byName) {
    if (agentDimensions.includes(names[dimension]!)) continue
    const groups = groupCosts(table, rows, costs, dimension)
    if (groups.length < 2 || groups.length > MOST_VALUES) continue
    let between = 0
    for (const { count, sum } of groups) between += count * (sum / count - centre) ** 2
    const explained = spread === 0 ? 0 : between / spread - (groups.length - 1) / (rows.length - 1)
    if (explained > bestExplained) {
      best = dimension
      bestExplained = explained
    }
  }
  return best
}

/** Number and cost of the rows of each value that occurs, in order of appearance. */
function groupCosts({ dimensions }: UsageTable, rows: Int32Array, costs: Float64Array, dimension: number) {
  const codes = dimensions.codes[dimension]!
  const counts = new Int32Array(dimensions.values[dimension]!.length)
  const sums = new Float64Array(counts.length)
  const seen: number[] = []
  for (let index = 0; index < rows.length; index++) {
    const code = codes[rows[index]!]!
    if (counts[code] === 0) seen.push(code)
    counts[code]!++
    sums[code]! += costs[index]!
  }
  return seen.map((code) => ({ count: counts[code]!, sum: sums[code]! }))
}
