import { describe, expect, test } from 'vitest'
import { type ChangeQuestion, explainChange } from '../../../src/analysis/why/explain-change.ts'
import { costOfRow, type ItemRow } from '../../../src/analysis/why/item-row.ts'
import { LOOK_AT_ANY_WEEK, searchCauses } from '../../../src/analysis/why/search-causes.ts'
import { tabulateRows } from '../../../src/analysis/why/tabulate-rows.ts'
import { AGENT_DIMENSIONS, type OperationsPlan, simulateOperations } from '../../bench/why-operations.ts'
import { simulateDays } from '../../bench/why-series.ts'

const plan: OperationsPlan = { seed: 6, itemsPerWeek: 400, kind: 'plain' }
const rowsOf = (changes: Partial<OperationsPlan> = {}) => simulateOperations({ ...plan, ...changes })
const explain = (rows: readonly ItemRow[], more: Partial<ChangeQuestion> = {}) =>
  explainChange({ rows, agentDimensions: AGENT_DIMENSIONS, ...more })
const changeCurrent = (rows: readonly ItemRow[], change: (row: ItemRow) => ItemRow) =>
  rows.map((row) => (row.weekIndex === 8 ? change(row) : row))
const sumOf = (parts: readonly { micros: number }[]) => parts.reduce((sum, part) => sum + part.micros, 0)

describe('explainChange', { timeout: 60_000 }, () => {
  test.each(['items', 'attempts', 'calls', 'tokens', 'price'] as const)('names a planted cause of %s', (driver) => {
    const { rows, causes } = rowsOf({ plant: { drivers: [driver], effect: 1.5 } })
    const result = explain(rows)
    expect(result.verdict).toBe('cause_found')
    expect(result.causes[0]).toMatchObject({ driver, segment: causes[0]!.segment })
    expect(result.causes[0]!.micros).toBeGreaterThan(0)
    expect(result.unexplainedMicros).toBe(result.totals.changeMicros - sumOf(result.causes))
    if (driver === 'price') expect(result.causes[0]!.model).toBe('large')
  })

  test('contributions add up to the change exactly, and the change is that of the rows', () => {
    for (const seed of [1, 2, 3, 4, 5]) {
      const { rows } = rowsOf({ seed, itemsPerWeek: 120, plant: { drivers: ['tokens', 'items'], effect: 1 } })
      const { drivers, totals } = explain(rows, { comparedWeeks: [7] })
      const costOf = (week: number) => rows.reduce((sum, row) => sum + (row.weekIndex === week ? costOfRow(row) : 0), 0)
      expect(totals.changeMicros).toBe(costOf(8) - costOf(7))
      expect(sumOf(drivers.contributions) + drivers.unpricedMicros).toBe(totals.changeMicros)
    }
  })

  test('quiet weeks: within normal variation', () => {
    const verdicts = Array.from({ length: 12 }, (_, seed) =>
      explain(rowsOf({ seed: 40 + seed, itemsPerWeek: 150 }).rows),
    )
    expect(verdicts.filter((result) => result.verdict === 'cause_found').length).toBeLessThanOrEqual(1)
    expect(verdicts.filter((result) => result.verdict === 'within_normal_variation').length).toBeGreaterThanOrEqual(9)
  })

  test('a week beyond its usual swing is looked at again, where the first look names nothing', () => {
    const { rows, causes } = rowsOf({ seed: 43, itemsPerWeek: 250, plant: { drivers: ['corrections'], effect: 1.2 } })
    const ofRows = { table: tabulateRows(rows), historyWeeks: 8, agentDimensions: AGENT_DIMENSIONS, named: [] }
    expect(searchCauses({ ...ofRows, direction: 1, seed: 1 }, LOOK_AT_ANY_WEEK)).toEqual([])
    const { driver, segment } = causes[0]!
    expect(explain(rows)).toMatchObject({ verdict: 'cause_found', causes: [{ driver, segment }] })
  })

  test('everything dearer everywhere is broad, and the driver is known', () => {
    const rows = changeCurrent(rowsOf().rows, (row) => ({
      ...row,
      tokens: 2 * row.tokens,
      runsMicros: 2 * row.runsMicros,
      models: row.models!.map((usage) => ({
        ...usage,
        tokens: 2 * usage.tokens,
        pricedCostMicros: 2 * usage.pricedCostMicros,
      })),
    }))
    expect(explain(rows)).toMatchObject({ verdict: 'broad', causes: [], leadingDriver: 'tokens' })
  })

  test('a new prompt version everywhere is named for what moved with it', () => {
    const rows = changeCurrent(rowsOf().rows, (row) => ({
      ...row,
      dimensions: { ...row.dimensions, promptVersion: 'v3' },
      tokens: 2 * row.tokens,
      runsMicros: 2 * row.runsMicros,
      models: row.models!.map((usage) => ({
        ...usage,
        tokens: 2 * usage.tokens,
        pricedCostMicros: 2 * usage.pricedCostMicros,
      })),
    }))
    const { verdict, causes, drivers } = explain(rows)
    expect(verdict).toBe('cause_found')
    expect(causes).toMatchObject([{ driver: 'tokens', segment: { promptVersion: 'v3' } }])
    expect(drivers.byDriver.tokens).toBe(Math.max(...Object.values(drivers.byDriver)))
  })

  test('a rollout that began late last week is still new', () => {
    const { rows } = rowsOf()
    const late = rows.map((row, index) => {
      if (row.weekIndex < 7 || (row.weekIndex === 7 && index % 4 > 0)) return row
      const models = row.models!.map((usage) => ({
        ...usage,
        tokens: 3 * usage.tokens,
        pricedCostMicros: 3 * usage.pricedCostMicros,
      }))
      const dimensions = { ...row.dimensions, promptVersion: 'v3' }
      return { ...row, dimensions, tokens: 3 * row.tokens, runsMicros: 3 * row.runsMicros, models }
    })
    expect(explain(late).causes).toMatchObject([{ driver: 'tokens', segment: { promptVersion: 'v3' } }])
  })

  test('a new prompt version on part of the work is named before the segments it touches', () => {
    const rows = changeCurrent(rowsOf().rows, (row) =>
      row.attempts > 0 && row.tokens % 3 === 0
        ? {
            ...row,
            dimensions: { ...row.dimensions, promptVersion: 'v3' },
            calls: 2 * row.calls,
            tokens: 2 * row.tokens,
            runsMicros: 2 * row.runsMicros,
            models: row.models!.map((usage) => ({
              ...usage,
              tokens: 2 * usage.tokens,
              pricedCostMicros: 2 * usage.pricedCostMicros,
            })),
          }
        : row,
    )
    expect(explain(rows).causes[0]).toMatchObject({ driver: 'calls', segment: { promptVersion: 'v3' } })
  })

  test('falls are explained like rises', () => {
    const { rows, causes } = rowsOf({ plant: { drivers: ['calls'], effect: -0.55 } })
    const [cause] = explain(rows).causes
    expect(cause).toMatchObject({ driver: 'calls', segment: causes[0]!.segment })
    expect(cause!.micros).toBeLessThan(0)
  })

  test('too little, or incomplete, is said', () => {
    const { rows } = rowsOf()
    expect(explain(rows.filter((row) => row.weekIndex < 8).concat(rows.slice(-3))).verdict).toBe('not_enough_data')
    expect(explain([]).verdict).toBe('not_enough_data')
    expect(explain(rows, { isComplete: false }).verdict).toBe('data_incomplete')
    const unpriced = changeCurrent(rows, (row) =>
      row.tokens % 2 ? { ...row, unpricedCalls: row.calls, calls: 0, tokens: 0, runsMicros: 0, models: [] } : row,
    )
    expect(explain(unpriced).verdict).toBe('data_incomplete')
  })

  test('dates the change on the days given', () => {
    const { rows } = rowsOf({ plant: { drivers: ['tokens'], effect: 1.5 } })
    const days = simulateDays({ seed: 5, kind: 'plain', days: 63, step: { at: 58, sigmas: 6 } })
    const { shiftDate } = explain(rows, { days, currentFrom: days[56]!.date })
    expect(Math.abs(days.findIndex((day) => day.date === shiftDate) - 58)).toBeLessThanOrEqual(1)
    expect(explain(rows).shiftDate).toBeNull()
  })
})
