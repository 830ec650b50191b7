import { scratch } from '../../domain/scratch.ts'
import type { DriverFinding } from './search-causes.ts'
import type { Segment } from './segment.ts'
import { segmentTest } from './segment-test.ts'
import { rowsWhere, type UsageTable } from './usage-table.ts'
import type { Comparison } from './weigh-cause.ts'

/** Two sets of items that share this part (Jaccard) are one: an item may have begun before its segment's model changed. */
const SAME_ITEMS = 0.95

/**
 * Where a segment of the work moved to another model, `{model: X}` holds the same items as the segment. The work is then
 * named, in one or two attributes, and the price says by itself which model it was. Other findings stay as they are.
 */
export function preferWorkSegment(
  finding: DriverFinding,
  { table, isCurrent }: Comparison,
  agentDimensions: readonly string[],
): DriverFinding {
  const isModelPrice = finding.driver === 'price' && Object.keys(finding.segment).join() === 'model'
  if (!isModelPrice) return finding
  const own = finding.rows.filter(isCurrent)
  const current = rowsWhere(table, isCurrent)
  if (own.length === 0 || own.length === current.length) return finding
  const isOwn = scratch(Uint8Array, table.rowCount)
  for (const row of own) isOwn[row] = 1
  const { names } = table.dimensions
  const ofWork = Array.from(names.keys()).filter((index) => !agentDimensions.includes(names[index]!))
  const pairs = ofWork.flatMap((left, at) => ofWork.slice(at + 1).map((right) => [left, right]))
  for (const dimensions of [...ofWork.map((index) => [index]), ...pairs]) {
    const segment = commonSegment(table.dimensions, own, dimensions)
    if (segment === null) continue
    const isInside = segmentTest(table.dimensions, segment)
    const inside = current.filter(isInside)
    const shared = inside.filter((row) => isOwn[row] === 1).length
    if (shared < SAME_ITEMS * (inside.length + own.length - shared)) continue
    const rows = rowsWhere(table, isInside)
    return { ...finding, segment, rows, n: inside.length, h: rows.length - inside.length }
  }
  return finding
}

/** The values that most of the items have in these dimensions; null where one is not given. */
function commonSegment(
  table: UsageTable['dimensions'],
  rows: Int32Array,
  dimensions: readonly number[],
): Segment | null {
  const counts = new Map<number, { row: number; count: number }>()
  for (const row of rows) {
    let key = 0
    for (const dimension of dimensions) key = key * table.values[dimension]!.length + table.codes[dimension]![row]!
    const found = counts.get(key)
    if (found) found.count++
    else counts.set(key, { row, count: 1 })
  }
  const { row } = [...counts.values()].reduce((top, one) => (one.count > top.count ? one : top))
  const values = dimensions.map(
    (dimension) => [table.names[dimension]!, table.values[dimension]![table.codes[dimension]![row]!]!] as const,
  )
  return values.some(([, value]) => value === null) ? null : Object.fromEntries(values)
}
