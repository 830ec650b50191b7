import { expect, test } from 'vitest'
import { holdsRise } from '../../../src/analysis/why/holds-rise.ts'
import { tabulateRows } from '../../../src/analysis/why/tabulate-rows.ts'
import { rowsWhere } from '../../../src/analysis/why/usage-table.ts'

/** Two weeks of history and a current one, each of ten items in two halves; dollars of an item of either half now. */
function isHeldBy(half: 'left' | 'right', now: { left: number; right: number }): boolean {
  const rows = [0, 1, 2].flatMap((weekIndex) =>
    Array.from({ length: 10 }, (_, index) => {
      const side = index < 5 ? ('left' as const) : ('right' as const)
      const runsMicros = 1_000_000 * (weekIndex === 2 ? now[side] : 1)
      const usage = { attempts: 1, calls: 1, tokens: 100, runsMicros, correctionsMicros: 0, resolved: true }
      return { dimensions: { side }, weekIndex, ...usage }
    }),
  )
  const table = tabulateRows(rows)
  return holdsRise(
    table,
    2,
    rowsWhere(table, (row) => rows[row]!.dimensions.side === half),
  )
}

test('what moved one half is held by that half', () => {
  expect(isHeldBy('left', { left: 2, right: 1 })).toBe(true)
  expect(isHeldBy('right', { left: 2, right: 1 })).toBe(false)
})

test('what moved everything is held by no half', () => {
  expect(isHeldBy('left', { left: 2, right: 2 })).toBe(false)
  expect(isHeldBy('left', { left: 2.1, right: 1.9 })).toBe(false)
})

test('a fall is held as a rise is', () => {
  expect(isHeldBy('left', { left: 0.4, right: 1 })).toBe(true)
  expect(isHeldBy('left', { left: 0.5, right: 0.5 })).toBe(false)
})
