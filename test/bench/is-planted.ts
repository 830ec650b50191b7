import { isInSegment, type Segment } from '../../src/analysis/why/segment.ts'
import type { Driver } from '../../src/domain/finding.ts'
import type { Operations } from './why-operations.ts'

/** Right: the driver, and a segment that shares four fifths of the current items with a planted one. */
export function isPlanted(operations: Operations, driver: Driver, segment: Segment): boolean {
  const current = operations.rows.filter((row) => row.weekIndex === operations.historyWeeks)
  return operations.causes.some((cause) => {
    if (cause.driver !== driver) return false
    const both = current.filter(
      (row) => isInSegment(row.dimensions, segment) && isInSegment(row.dimensions, cause.segment),
    )
    const either = current.filter(
      (row) => isInSegment(row.dimensions, segment) || isInSegment(row.dimensions, cause.segment),
    )
    return both.length >= 0.8 * either.length
  })
}
