import { scratch } from '../../domain/scratch.ts'
import type { CodedTable } from './coded-table.ts'
import { releaseArrays } from './release-arrays.ts'
import type { NarrowNumbers } from './widening-column.ts'

/**
 * What items used in each week, a row for each item and week, in columns: a million objects cannot be made in a second. Money in
 * integer micro-dollars; it is known money only, see `unpricedCalls`.
 */
export type UsageTable = {
  readonly rowCount: number
  /** Every dimension that is given anywhere, in order of appearance. The first value of each is null: not given. */
  readonly dimensions: CodedTable<NarrowNumbers>
  readonly week: NarrowNumbers
  readonly attempts: NarrowNumbers
  /** Model calls with a known price and their tokens. */
  readonly calls: NarrowNumbers
  readonly tokens: NarrowNumbers
  readonly runsMicros: NarrowNumbers
  readonly correctionsMicros: NarrowNumbers
  readonly unpricedCalls: NarrowNumbers
  /** 1 where the item is resolved. */
  readonly resolved: NarrowNumbers
  readonly models: readonly string[]
  /** What row r had of models: from useStart[r] to useStart[r + 1]. */
  readonly useStart: NarrowNumbers
  /** Codes into `models`. */
  readonly useModel: NarrowNumbers
  readonly useTokens: NarrowNumbers
  readonly useMicros: NarrowNumbers
}

/** Gives the memory of a table back: a month of a million items has tens of megabytes. Nothing may read it after it. */
export function releaseTable(table: UsageTable): void {
  const { dimensions, week, attempts, calls, tokens, runsMicros, correctionsMicros, unpricedCalls, resolved } = table
  const { useStart, useModel, useTokens, useMicros } = table
  const columns = [week, attempts, calls, tokens, runsMicros, correctionsMicros, unpricedCalls, resolved]
  releaseArrays([...columns, useStart, useModel, useTokens, useMicros, ...dimensions.codes])
}

/** Runs and corrections of a row, in micro-dollars. */
export function costAt(table: UsageTable, row: number): number {
  return table.runsMicros[row]! + table.correctionsMicros[row]!
}

export function allRows({ rowCount }: UsageTable): Int32Array {
  const rows = scratch(Int32Array, rowCount)
  for (let row = 0; row < rowCount; row++) rows[row] = row
  return rows
}

/** The numbers of all rows that pass, in order. */
export function rowsWhere({ rowCount }: Pick<UsageTable, 'rowCount'>, passes: (row: number) => boolean): Int32Array {
  const rows = scratch(Int32Array, rowCount)
  let count = 0
  for (let row = 0; row < rowCount; row++) if (passes(row)) rows[count++] = row
  return rows.subarray(0, count)
}

/** Those of the rows that pass, in order. Several times as fast as a typed array's own filter. */
export function keepRows(rows: Int32Array, passes: (row: number) => boolean): Int32Array {
  const kept = scratch(Int32Array, rows.length)
  let count = 0
  for (let index = 0; index < rows.length; index++) if (passes(rows[index]!)) kept[count++] = rows[index]!
  return kept.subarray(0, count)
}
