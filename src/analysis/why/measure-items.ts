import type { Driver } from '../../domain/finding.ts'
import type { ItemRow } from './item-row.ts'
import { mean } from './statistics.ts'

/**
 * A driver's own measure of each item, on a scale where effects add; NaN where an item has none; null for the number of items
 * itself. These vary far less from item to item than dollars do, so that smaller causes can be told.
 */
export function measureItems(driver: Driver, rows: readonly ItemRow[]): Float64Array | null {
  switch (driver) {
    case 'items':
      return null
    case 'attempts':
      return eachRow(rows, (row) => (row.attempts > 0 ? row.attempts : Number.NaN))
    case 'calls':
      return eachRow(rows, (row) => logRatio(row.calls + (row.unpricedCalls ?? 0), row.attempts))
    case 'tokens':
      return eachRow(rows, (row) => logRatio(row.tokens, row.calls))
    case 'price':
      return eachRow(rows, (row) => logRatio(row.runsMicros, row.tokens))
    case 'corrections': {
      const corrected = rows.filter((row) => row.correctionsMicros > 0).map((row) => row.correctionsMicros)
      const typical = corrected.length === 0 ? 1 : mean(corrected)
      return eachRow(rows, (row) => Math.log1p(Math.max(0, row.correctionsMicros) / typical))
    }
  }
}

function eachRow(rows: readonly ItemRow[], read: (row: ItemRow) => number): Float64Array {
  const values = new Float64Array(rows.length)
  for (let row = 0; row < rows.length; row++) values[row] = read(rows[row]!)
  return values
}

function logRatio(part: number, whole: number): number {
  return part > 0 && whole > 0 ? Math.log(part / whole) : Number.NaN
}
