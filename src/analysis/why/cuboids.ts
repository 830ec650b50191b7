import type { CodedTable } from './coded-table.ts'
import type { Segment } from './segment.ts'

/** A set of dimensions, and for each row which of its elements (combinations of values that occur) the row is in. */
export type Cuboid = {
  /** Indices into the table's dimensions, rising. Their number is the cuboid's layer. */
  readonly dimensions: readonly number[]
  readonly elementOfRow: Int32Array
  readonly elementCount: number
  /** For each element one row that is in it. */
  readonly exampleRow: Int32Array
}

/** Every set of 1 to maxDepth dimensions, smaller sets first. */
export function dimensionSets(dimensionCount: number, maxDepth: number): number[][] {
  const sets: number[][] = []
  let previous: number[][] = [[]]
  for (let depth = 1; depth <= Math.min(maxDepth, dimensionCount); depth++) {
    const grown: number[][] = []
    for (const set of previous) {
      const last = set.length === 0 ? -1 : set[set.length - 1]!
      for (let next = last + 1; next < dimensionCount; next++) grown.push([...set, next])
    }
    sets.push(...grown)
    previous = grown
  }
  return sets
}

const LARGEST_LOOKUP = 4_000_000

/** Groups the table's rows by the values of the given dimensions; only combinations that occur become elements. */
export function buildCuboid(table: CodedTable, dimensions: readonly number[]): Cuboid {
  const { rowCount } = table
  const elementOfRow = new Int32Array(rowCount)
  const exampleRow: number[] = []
  let combinations = 1
  for (const dimension of dimensions) combinations *= table.values[dimension]!.length
  const columns = dimensions.map((dimension) => table.codes[dimension]!)
  const sizes = dimensions.map((dimension) => table.values[dimension]!.length)
  const lookup = combinations <= LARGEST_LOOKUP ? new Int32Array(combinations) : null
  const sparse = new Map<number, number>()
  for (let row = 0; row < rowCount; row++) {
    let key = 0
    for (let position = 0; position < columns.length; position++)
      key = key * sizes[position]! + columns[position]![row]!
    let next = lookup ? lookup[key]! : (sparse.get(key) ?? 0)
    if (next === 0) {
      exampleRow.push(row)
      next = exampleRow.length
      if (lookup) lookup[key] = next
      else sparse.set(key, next)
    }
    elementOfRow[row] = next - 1
  }
  return { dimensions, elementOfRow, elementCount: exampleRow.length, exampleRow: Int32Array.from(exampleRow) }
}

/** All cuboids of 1 to maxDepth dimensions, smaller sets first. */
export function buildCuboids(table: CodedTable, maxDepth: number): Cuboid[] {
  return dimensionSets(table.names.length, maxDepth).map((set) => buildCuboid(table, set))
}

/** An element's dimensions and values, in the table's order of dimensions. */
export function segmentOfElement(table: CodedTable, cuboid: Cuboid, element: number): Segment {
  return segmentAt(table, cuboid.dimensions, cuboid.exampleRow[element]!)
}

/** A row's values in some dimensions, in the table's order of dimensions. */
export function segmentAt(table: CodedTable, dimensions: readonly number[], row: number): Segment {
  const segment: Record<string, string | null> = {}
  for (const dimension of dimensions) {
    segment[table.names[dimension]!] = table.values[dimension]![table.codes[dimension]![row]!] ?? null
  }
  return segment
}
