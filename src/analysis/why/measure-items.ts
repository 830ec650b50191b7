import type { Driver } from '../../domain/finding.ts'
import { scratch } from '../../domain/scratch.ts'
import { mean } from './statistics.ts'
import type { UsageTable } from './usage-table.ts'

/**
 * A driver's own measure of each of the given rows, on a scale where effects add; NaN where an item has none; null for the number
 * of items itself. These vary far less from item to item than dollars do, so that smaller causes can be told.
 */
export function measureItems(driver: Driver, table: UsageTable, rows: Int32Array): Float64Array | null {
  const { attempts, calls, unpricedCalls, tokens, runsMicros, correctionsMicros } = table
  switch (driver) {
    case 'items':
      return null
    case 'attempts':
      return eachRow(rows, (row) => (attempts[row]! > 0 ? attempts[row]! : Number.NaN))
    case 'calls':
      return eachRow(rows, (row) => logRatio(calls[row]! + unpricedCalls[row]!, attempts[row]!))
    case 'tokens':
      return eachRow(rows, (row) => logRatio(tokens[row]!, calls[row]!))
    case 'price':
      return eachRow(rows, (row) => logRatio(runsMicros[row]!, tokens[row]!))
    case 'corrections': {
      const corrected = eachRow(rows, (row) => correctionsMicros[row]!).filter((micros) => micros > 0)
      const typical = corrected.length === 0 ? 1 : mean(corrected)
      return eachRow(rows, (row) => Math.log1p(Math.max(0, correctionsMicros[row]!) / typical))
    }
  }
}

function eachRow(rows: Int32Array, read: (row: number) => number): Float64Array {
  const values = scratch(Float64Array, rows.length)
  for (let index = 0; index < rows.length; index++) values[index] = read(rows[index]!)
  return values
}

function logRatio(part: number, whole: number): number {
  return part > 0 && whole > 0 ? Math.log(part / whole) : Number.NaN
}
