import type { CodedTable } from './coded-table.ts'

/** The rows of a table by their values in some dimensions, as far as groups can still be large enough. */
export type Grouping = {
  /** Indices into the table's dimensions, rising. */
  readonly dimensions: readonly number[]
  /** For each row its element, by first appearance; −1 where fewer dimensions told already that it is too small. */
  readonly elementOfRow: Int32Array
  readonly elementCount: number
  /** Of each element: its rows, the sum of their hashes, and one of them. */
  readonly sizes: Float64Array
  readonly hashes: Float64Array
  readonly exampleRow: Int32Array
}

/**
 * Groups by every set of 1 to `maxDepth` dimensions, smaller sets first, that may hold an element of `least` rows. A segment
 * holds no more than those that it refines, so that what is too small is not looked into, which most of it is.
 */
export function* largeElements(
  table: CodedTable,
  rowHash: Float64Array,
  least: number,
  maxDepth: number,
): Generator<Grouping> {
  let coarser: Grouping[] = [everything(table.rowCount)]
  for (let depth = 1; depth <= maxDepth; depth++) {
    const finer: Grouping[] = []
    // Most groupings of most dimensions hold nothing that is large enough: their rows' elements are written over by the next.
    let spare: Int32Array | null = null
    for (const parent of coarser) {
      for (let dimension = (parent.dimensions.at(-1) ?? -1) + 1; dimension < table.names.length; dimension++) {
        const grouping = refine(table, parent, dimension, rowHash, least, spare)
        if (grouping === null) break
        const isLarge = grouping.sizes.some((size) => size >= least)
        spare = isLarge ? null : grouping.elementOfRow
        if (!isLarge) continue
        yield grouping
        finer.push(grouping)
      }
    }
    coarser = finer
  }
}

function everything(rowCount: number): Grouping {
  return {
    dimensions: [],
    elementOfRow: new Int32Array(rowCount),
    elementCount: 1,
    sizes: Float64Array.of(rowCount),
    hashes: Float64Array.of(0),
    exampleRow: Int32Array.of(0),
  }
}

/** Null where no element of the parent is large enough, whatever the dimension. */
function refine(
  table: CodedTable,
  parent: Grouping,
  dimension: number,
  rowHash: Float64Array,
  least: number,
  spare: Int32Array | null,
): Grouping | null {
  const values = table.values[dimension]!.length
  const firstKey = new Int32Array(parent.elementCount).fill(-1)
  let keys = 0
  for (let element = 0; element < firstKey.length; element++) {
    if (parent.sizes[element]! < least) continue
    firstKey[element] = keys
    keys += values
  }
  if (keys === 0) return null
  const most = Math.min(keys, table.rowCount)
  const [sizes, hashes, exampleRow] = [new Float64Array(most), new Float64Array(most), new Int32Array(most)]
  const elementOfRow = spare ?? new Int32Array(table.rowCount)
  const elementCount = groupRows(parent.elementOfRow, firstKey, table.codes[dimension]!, new Int32Array(keys), {
    elementOfRow,
    sizes,
    hashes,
    exampleRow,
    rowHash,
  })
  return { dimensions: [...parent.dimensions, dimension], elementOfRow, elementCount, sizes, hashes, exampleRow }
}

/** A loop of its own, which is compiled soon. @param elementOfKey from 1, all 0 at first. Returns the number of elements. */
function groupRows(
  parentOfRow: Int32Array,
  firstKey: Int32Array,
  codes: Int32Array,
  elementOfKey: Int32Array,
  {
    elementOfRow,
    sizes,
    hashes,
    exampleRow,
    rowHash,
  }: Omit<Grouping, 'dimensions' | 'elementCount'> & { rowHash: Float64Array },
): number {
  let count = 0
  for (let row = 0; row < codes.length; row++) {
    const parent = parentOfRow[row]!
    const first = parent < 0 ? -1 : firstKey[parent]!
    if (first < 0) {
      elementOfRow[row] = -1
      continue
    }
    const key = first + codes[row]!
    let element = elementOfKey[key]! - 1
    if (element < 0) {
      element = count++
      elementOfKey[key] = count
      exampleRow[element] = row
    }
    elementOfRow[row] = element
    sizes[element]! += 1
    hashes[element]! += rowHash[row]!
  }
  return count
}
