import type { ItemRow } from './item-row.ts'
import type { UsageTable } from './usage-table.ts'
import { UsageTableBuilder } from './usage-table-builder.ts'

/** The same rows in columns. */
export function tabulateRows(rows: readonly ItemRow[]): UsageTable {
  const builder = new UsageTableBuilder(rows.length)
  for (const row of rows) addItemRow(builder, row)
  return builder.build()
}

export function addItemRow(builder: UsageTableBuilder, row: ItemRow): void {
  const at = builder.addRow()
  builder.week.set(at, row.weekIndex)
  builder.attempts.set(at, row.attempts)
  builder.calls.set(at, row.calls)
  builder.tokens.set(at, row.tokens)
  builder.runsMicros.set(at, row.runsMicros)
  builder.correctionsMicros.set(at, row.correctionsMicros)
  builder.unpricedCalls.set(at, row.unpricedCalls ?? 0)
  builder.resolved.set(at, row.resolved ? 1 : 0)
  for (const name in row.dimensions) {
    const value = row.dimensions[name] ?? null
    if (value === null) continue
    const dimension = builder.dimension(name)
    dimension.codes.set(at, dimension.codeOf(value))
  }
  for (const use of row.models ?? []) {
    builder.addUse(builder.modelCode(use.model), use.tokens, use.pricedCostMicros)
  }
}
