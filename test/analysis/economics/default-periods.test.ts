import { expect, it } from 'vitest'
import { comparisonOf, lastClosedWeek } from '../../../src/analysis/economics/default-periods.ts'

it('takes the last week that has ended', () => {
  expect(lastClosedWeek(new Date('2026-11-18T09:00:00Z'), 'UTC')).toEqual({ from: '2026-11-09', to: '2026-11-16' })
  expect(lastClosedWeek(new Date('2026-11-16T00:00:00Z'), 'UTC')).toEqual({ from: '2026-11-09', to: '2026-11-16' })
})

it('goes by the reader’s own days', () => {
  const sundayEvening = new Date('2026-11-16T03:00:00Z')
  expect(lastClosedWeek(sundayEvening, 'America/Chicago')).toEqual({ from: '2026-11-02', to: '2026-11-09' })
})

it('compares weeks with weeks, months with months', () => {
  expect(comparisonOf({ from: '2026-11-09', to: '2026-11-16' })).toEqual({ from: '2026-11-02', to: '2026-11-09' })
  expect(comparisonOf({ from: '2026-03-01', to: '2026-04-01' })).toEqual({ from: '2026-02-01', to: '2026-03-01' })
  expect(comparisonOf({ from: '2026-01-01', to: '2026-04-01' })).toEqual({ from: '2025-10-01', to: '2026-01-01' })
  expect(comparisonOf({ from: '2026-03-05', to: '2026-03-08' })).toEqual({ from: '2026-03-02', to: '2026-03-05' })
})
