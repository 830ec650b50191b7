import { expect, it } from 'vitest'
import { budgetPeriod } from '../../src/digest/budget-period.ts'

it.each([
  ['day', '2026-11-30', '2026-11-30', '2026-12-01'],
  ['week', '2026-11-29', '2026-11-23', '2026-11-30'],
  ['month', '2026-12-31', '2026-12-01', '2027-01-01'],
  ['quarter', '2026-11-02', '2026-10-01', '2027-01-01'],
  ['quarter', '2026-03-31', '2026-01-01', '2026-04-01'],
  ['year', '2026-02-28', '2026-01-01', '2027-01-01'],
] as const)('a %s that holds %s', (period, date, from, to) => {
  expect(budgetPeriod(period, date)).toEqual({ from, to })
})
