import type { CodedTable } from './coded-table.ts'

/**
 * What items used in each week, a row for each item and week, in columns: a million objects cannot be made in a second. Money in
 * integer micro-dollars; it is known money only, see `unpricedCalls`.
 */
export type UsageTable = {
  readonly rowCount: number
  /** Every dimension that is given anywhere, in order of appearance. The first value of each is null: not given. */
  readonly dimensions: CodedTable
  readonly week: Int32Array
  readonly attempts: Float64Array
  /** Model calls with a known price and their tokens. */
  readonly calls: Float64Array
  readonly tokens: Float64Array
  readonly runsMicros: Float64Array
  readonly correctionsMicros: Float64Array
  readonly unpricedCalls: Float64Array
  /** 1 where the item is resolved. */
  readonly resolved: Uint8Array
  readonly models: readonly string[]
  /** What row r had of models: from useStart[r] to useStart[r + 1]. */
  readonly useStart: Int32Array
  /** Codes into `models`. */
  readonly useModel: Int32Array
  readonly useTokens: Float64Array
  readonly useMicros: Float64Array
}

/** Runs and corrections of a row, in micro-dollars. */
export function costAt(table: UsageTable, row: number): number {
  return table.runsMicros[row]! + table.correctionsMicros[row]!
}

export function allRows(table: UsageTable): Int32Array {
  return rowsWhere(table, () => true)
}

/** The numbers of all rows that pass, in order. */
export function rowsWhere(table: UsageTable, passes: (row: number) => boolean): Int32Array {
  const rows = new Int32Array(table.rowCount)
  let count = 0
  for (let row = 0; row < rows.length; row++) if (passes(row)) rows[count++] = row
  return rows.subarray(0, count)
}
