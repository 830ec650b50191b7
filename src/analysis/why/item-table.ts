import { scratch } from '../../domain/scratch.ts'
import { type CodedTable, selectRows } from './coded-table.ts'
import type { UsageTable } from './usage-table.ts'
import type { NarrowNumbers } from './widening-column.ts'

/** Items of several weeks with integer-coded dimensions; what the search over items works on. */
export type ItemTable = {
  readonly table: CodedTable
  /** Week of each item: 0 … historyWeeks − 1 are the closed history, historyWeeks is the current one. */
  readonly week: Int32Array
  readonly historyWeeks: number
  /** Which dimensions describe how the agent worked (model, prompt version …) rather than the work itself. */
  readonly isAgentSide: readonly boolean[]
}

/** The given rows of a table, dimensions by name. Dimensions in which all of them have one value are left out. */
export function buildItemTable(
  { dimensions, week }: UsageTable,
  rows: Int32Array,
  historyWeeks: number,
  agentDimensions: readonly string[],
): ItemTable {
  const all = selectRows(dimensions, rows)
  const varying = Array.from(all.names.keys())
    .filter((index) => all.codes[index]!.some((code, _, codes) => code !== codes[0]))
    .sort((left, right) => (all.names[left]! < all.names[right]! ? -1 : 1))
  const names = varying.map((index) => all.names[index]!)
  return {
    table: {
      names,
      values: varying.map((index) => all.values[index]!),
      codes: varying.map((index) => all.codes[index]!),
      rowCount: rows.length,
    },
    week: weekOf(rows, week),
    historyWeeks,
    isAgentSide: names.map((name) => agentDimensions.includes(name)),
  }
}

function weekOf(rows: Int32Array, week: NarrowNumbers): Int32Array {
  const own = scratch(Int32Array, rows.length)
  for (let index = 0; index < rows.length; index++) own[index] = week[rows[index]!]!
  return own
}
