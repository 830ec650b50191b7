import { scratch } from '../../domain/scratch.ts'
import type { NarrowNumbers } from './widening-column.ts'

/**
 * Dimension values as small integers, column by column. What scans go through again and again has one form of codes, so that their
 * loops are compiled for it; a large table from which they take rows has each dimension's codes in the narrowest form.
 */
export type CodedTable<Codes extends Int32Array | NarrowNumbers = Int32Array> = {
  readonly names: readonly string[]
  /** For each dimension its values; a row's code is an index into them. */
  readonly values: readonly (readonly (string | null)[])[]
  /** For each dimension one code a row. */
  readonly codes: readonly Codes[]
  readonly rowCount: number
}

/** One dimension to be coded: its name and its value in every row (null where not given). */
export type DimensionColumn = { readonly name: string; readonly values: readonly (string | null)[] }

/** Codes each dimension's values in order of first appearance. All columns must have the same length. */
export function codeDimensions(columns: readonly DimensionColumn[]): CodedTable {
  const rowCount = columns[0]?.values.length ?? 0
  const values: (string | null)[][] = []
  const codes: Int32Array[] = []
  for (const column of columns) {
    if (column.values.length !== rowCount) throw new Error(`dimension ${column.name} has another number of rows`)
    const known = new Map<string | null, number>()
    const columnCodes = new Int32Array(rowCount)
    for (let row = 0; row < rowCount; row++) {
      const value = column.values[row] ?? null
      let code = known.get(value)
      if (code === undefined) {
        code = known.size
        known.set(value, code)
      }
      columnCodes[row] = code
    }
    values.push([...known.keys()])
    codes.push(columnCodes)
  }
  return { names: columns.map((column) => column.name), values, codes, rowCount }
}

/** The same table with the given rows only, in the given order; codes keep their meaning. */
export function selectRows(table: CodedTable<Int32Array | NarrowNumbers>, rows: Int32Array): CodedTable {
  const codes = table.codes.map((column) => {
    const selected = scratch(Int32Array, rows.length)
    for (let index = 0; index < rows.length; index++) selected[index] = column[rows[index]!]!
    return selected
  })
  return { names: table.names, values: table.values, codes, rowCount: rows.length }
}
