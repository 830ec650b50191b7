import { describe, expect, test } from 'vitest'
import { buildCandidates } from '../../../src/analysis/why/candidates.ts'
import { buildItemTable } from '../../../src/analysis/why/item-table.ts'
import { localiseItems } from '../../../src/analysis/why/localise-items.ts'
import { measureItems } from '../../../src/analysis/why/measure-items.ts'
import { createRandom } from '../../../src/analysis/why/seeded-random.ts'
import type { Segment } from '../../../src/analysis/why/segment.ts'
import { tabulateRows } from '../../../src/analysis/why/tabulate-rows.ts'
import { rowsWhere } from '../../../src/analysis/why/usage-table.ts'
import type { Driver } from '../../../src/domain/finding.ts'
import { AGENT_DIMENSIONS, type Operations, simulateOperations } from '../../bench/why-operations.ts'

function search(operations: Operations, driver: Driver, priors: readonly Segment[] = [], seed = 1) {
  const { historyWeeks } = operations
  const table = tabulateRows(operations.rows)
  const rows = rowsWhere(table, () => true)
  const items = buildItemTable(table, rows, historyWeeks, AGENT_DIMENSIONS)
  return localiseItems({
    items,
    set: buildCandidates(items, priors),
    measure: measureItems(driver, table, rows),
    alpha: { up: { scan: 0.01, prior: 0.01 }, down: { scan: 0.01, prior: 0.01 } },
    random: createRandom(seed),
    minimumConfidence: 0.7,
  })
}

const quiet = (seed: number, historyWeeks = 8) =>
  simulateOperations({ seed, itemsPerWeek: 200, kind: 'shocks', historyWeeks })

describe('localiseItems', { timeout: 60_000 }, () => {
  test.each(['items', 'attempts', 'calls', 'tokens', 'price'] as const)('finds where %s rose', (driver) => {
    const operations = simulateOperations({
      seed: 8,
      itemsPerWeek: 500,
      kind: 'plain',
      plant: { drivers: [driver], effect: 1.5 },
    })
    const [found] = search(operations, driver)
    expect(found?.segment).toEqual(operations.causes[0]!.segment)
    expect(found?.direction).toBe(1)
    expect(found!.z).toBeGreaterThan(found!.threshold)
    expect(found!.rows.every((row) => operations.rows[row] !== undefined)).toBe(true)
  })

  test('rarely names anything in quiet weeks, with strong shocks of single customers too', () => {
    const alarms = Array.from({ length: 16 }, (_, seed) => quiet(300 + seed)).filter(
      (operations) => search(operations, 'items').length + search(operations, 'tokens').length > 0,
    )
    expect(alarms.length).toBeLessThanOrEqual(2)
  })

  test('is deterministic', () => {
    const operations = simulateOperations({
      seed: 8,
      itemsPerWeek: 300,
      kind: 'plain',
      plant: { drivers: ['calls'], effect: 1 },
    })
    expect(search(operations, 'calls')).toEqual(search(operations, 'calls'))
  })

  test('a named segment passes a lower bar than the same segment unnamed', () => {
    const operations = simulateOperations({
      seed: 8,
      itemsPerWeek: 500,
      kind: 'plain',
      plant: { drivers: ['tokens'], effect: 1.5 },
    })
    const segment = operations.causes[0]!.segment
    const [unnamed] = search(operations, 'tokens')
    const [named] = search(operations, 'tokens', [segment])
    expect(named?.segment).toEqual(segment)
    expect(named!.threshold).toBeLessThan(unnamed!.threshold)
  })

  test('one week of history is treated with more caution, none at all names nothing', () => {
    const planted = (historyWeeks: number) =>
      simulateOperations({
        seed: 8,
        itemsPerWeek: 500,
        kind: 'plain',
        historyWeeks,
        plant: { drivers: ['calls'], effect: 1.5 },
      })
    const [long] = search(planted(8), 'calls')
    const [short] = search(planted(1), 'calls')
    expect(short === undefined || short.z < long!.z).toBe(true)
    const rows = quiet(1)
      .rows.filter((row) => row.weekIndex === 8)
      .map((row) => ({ ...row, weekIndex: 0 }))
    expect(search({ rows, days: [], historyWeeks: 0, causes: [] }, 'calls')).toEqual([])
  })
})
