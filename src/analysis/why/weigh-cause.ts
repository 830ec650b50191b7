import type { Driver } from '../../domain/finding.ts'
import { decomposeDrivers } from './decompose-drivers.ts'
import type { SegmentUsage } from './drivers.ts'
import type { DriverFinding } from './search-causes.ts'
import type { Segment } from './segment.ts'
import { sumUsage } from './sum-usage.ts'
import { keepRows, rowsWhere, type UsageTable } from './usage-table.ts'

/** A named cause: what it moved the period's cost by, in integer micro-dollars. */
export type Cause = {
  readonly driver: Driver
  readonly segment: Segment
  readonly micros: number
  /** Part of the whole change; null where nothing changed in sum. May exceed 1 where other parts went the other way. */
  readonly share: number | null
  /** Items of the segment in the current period. */
  readonly n: number
  readonly confidence: number
  /** Where tokens moved to a dearer or cheaper model. */
  readonly model?: string
}

export type Comparison = {
  readonly table: UsageTable
  readonly isCurrent: (row: number) => boolean
  readonly isCompared: (row: number) => boolean
  /** 1 ÷ number of weeks compared with, so that a mean week stands against the current one. */
  readonly scale: number
}

/** Puts dollars to a finding: the driver's part in its segment's change, as the contributions tell it. */
export function weighCause(finding: DriverFinding, comparison: Comparison, changeMicros: number): Cause {
  const own = usageOf(finding.rows, comparison)
  const { after } = own
  const isNewWay = own.before === null && finding.driver !== 'items'
  const before = isNewWay ? usualUsage(comparison, after?.items ?? 0) : own.before
  const { byDriver, contributions } = decomposeDrivers([{ segment: finding.segment, before, after }])
  const micros = byDriver[finding.driver]
  const cause: Cause = {
    driver: finding.driver,
    segment: finding.segment,
    micros,
    share: changeMicros === 0 ? null : micros / changeMicros,
    n: finding.n,
    confidence: finding.confidence,
  }
  if (finding.driver !== 'price') return cause
  const moved = contributions.find((part) => part.driver === 'price' && part.model !== undefined)
  return moved && Math.abs(moved.micros) > 0.5 * Math.abs(micros) ? { ...cause, model: moved.model! } : cause
}

export function usageOf(rows: Int32Array, { table, isCurrent, isCompared, scale }: Comparison) {
  return {
    before: sumUsage(table, keepRows(rows, isCompared), scale),
    after: sumUsage(table, keepRows(rows, isCurrent), 1),
  }
}

/** What so many items used to take: for a way of working that has no past of its own, such as a new prompt version. */
function usualUsage(comparison: Comparison, items: number): SegmentUsage | null {
  const past = rowsWhere(comparison.table, comparison.isCompared)
  return sumUsage(comparison.table, past, items / Math.max(1, past.length))
}
