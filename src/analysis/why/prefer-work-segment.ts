import type { ItemRow } from './item-row.ts'
import type { DriverFinding } from './search-causes.ts'
import type { Segment } from './segment.ts'

/** Two sets of items that share this part (Jaccard) are one: an item may have begun before its segment's model changed. */
const SAME_ITEMS = 0.95

/**
 * Where a segment of the work moved to another model, `{model: X}` holds the same items as the segment. The work is then
 * named, in one or two attributes, and the price says by itself which model it was. Other findings stay as they are.
 */
export function preferWorkSegment(
  finding: DriverFinding,
  rows: readonly ItemRow[],
  isCurrent: (row: ItemRow) => boolean,
  agentDimensions: readonly string[],
): DriverFinding {
  const isModelPrice = finding.driver === 'price' && Object.keys(finding.segment).join() === 'model'
  if (!isModelPrice) return finding
  const own = Array.from(finding.rows, (index) => rows[index]!).filter(isCurrent)
  const current = rows.filter(isCurrent)
  if (own.length === 0 || own.length === current.length) return finding
  const names = Object.keys(own[0]!.dimensions).filter((name) => !agentDimensions.includes(name))
  const pairs = names.flatMap((left, at) => names.slice(at + 1).map((right) => [left, right]))
  const members = new Set(own)
  for (const dimensions of [...names.map((name) => [name]), ...pairs]) {
    const segment = commonSegment(own, dimensions)
    if (segment === null) continue
    const isInside = (row: ItemRow) => dimensions.every((name) => row.dimensions[name] === segment[name])
    const inside = current.filter(isInside)
    const shared = inside.filter((row) => members.has(row)).length
    if (shared < SAME_ITEMS * (inside.length + own.length - shared)) continue
    const all = rows.flatMap((row, index) => (isInside(row) ? [index] : []))
    return { ...finding, segment, rows: Int32Array.from(all), n: inside.length, h: all.length - inside.length }
  }
  return finding
}

/** The values that most of the items have in these dimensions; null where one is not given. */
function commonSegment(rows: readonly ItemRow[], dimensions: readonly string[]): Segment | null {
  const counts = new Map<string, { row: ItemRow; count: number }>()
  for (const row of rows) {
    const key = JSON.stringify(dimensions.map((name) => row.dimensions[name] ?? null))
    const found = counts.get(key) ?? { row, count: 0 }
    counts.set(key, { row: found.row, count: found.count + 1 })
  }
  const { row } = [...counts.values()].reduce((top, one) => (one.count > top.count ? one : top))
  const values = dimensions.map((name) => [name, row.dimensions[name] ?? null] as const)
  return values.some(([, value]) => value === null) ? null : Object.fromEntries(values)
}
