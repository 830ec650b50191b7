/** Where in the work: one value for each named dimension; no dimension at all means everything. Null is "value not given". */
export type Segment = Readonly<Record<string, string | null>>

/** The text form that benchmarks and logs use: `a=a1&b=b2`, in the order of the dimensions. */
export function formatSegment(segment: Segment): string {
  return Object.entries(segment)
    .map(([dimension, value]) => `${dimension}=${value ?? ''}`)
    .join('&')
}

/** True where every condition of the segment holds for the given values. */
export function isInSegment(values: Readonly<Record<string, string | null>>, segment: Segment): boolean {
  // Asked of every row: no list is made of the few conditions.
  for (const dimension in segment) if ((values[dimension] ?? null) !== segment[dimension]) return false
  return true
}
