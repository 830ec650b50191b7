import { expect, it } from 'vitest'
import { refineCauses } from '../../../src/analysis/explain-change/refine-causes.ts'
import { explainChange } from '../../../src/analysis/why/explain-change.ts'
import { tabulateRows } from '../../../src/analysis/why/tabulate-rows.ts'
import { AGENT_DIMENSIONS, simulateOperations } from '../../bench/why-operations.ts'

it('tells more items before the corrections that came with them, which are more dollars', () => {
  // Corrections are most of the cost here, and chance found them in a customer of the segment.
  const { rows, causes } = simulateOperations({
    ...{ seed: 1_013_637, itemsPerWeek: 150, kind: 'plain' },
    plant: { drivers: ['items'], effect: 4, fromDay: 1 },
  })
  const table = tabulateRows(rows)
  const isCurrent = (row: number) => table.week[row] === 8
  const sides = { table, isCurrent, isCompared: (row: number) => !isCurrent(row), scale: 1 / 8 }
  const found = explainChange({ rows: table, agentDimensions: AGENT_DIMENSIONS })
  const told = refineCauses(found, sides, AGENT_DIMENSIONS)
  const { segment } = causes[0]!
  expect(told.causes.slice(0, 2)).toMatchObject([
    { driver: 'items', segment },
    { driver: 'corrections', segment },
  ])
  expect(told.causes[1]!.micros).toBeGreaterThan(told.causes[0]!.micros)
  const explained = told.causes.reduce((sum, cause) => sum + cause.micros, 0)
  expect(explained + told.unexplainedMicros).toBe(told.totals.changeMicros)
})
