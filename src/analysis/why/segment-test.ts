import type { CodedTable } from './coded-table.ts'
import type { Segment } from './segment.ts'
import type { NarrowNumbers } from './widening-column.ts'

/** Whether a row of the table is in the segment: what `isInSegment` says of its values, asked of its codes. */
export function segmentTest(
  { names, values, codes }: CodedTable<Int32Array | NarrowNumbers>,
  segment: Segment,
): (row: number) => boolean {
  const conditions: { column: Int32Array | NarrowNumbers; code: number }[] = []
  for (const [name, value] of Object.entries(segment)) {
    const dimension = names.indexOf(name)
    // A dimension that no row has is null in all of them.
    if (dimension < 0 && value === null) continue
    const code = dimension < 0 ? -1 : values[dimension]!.indexOf(value)
    if (code < 0) return () => false
    conditions.push({ column: codes[dimension]!, code })
  }
  return (row) => {
    for (const { column, code } of conditions) if (column[row] !== code) return false
    return true
  }
}
