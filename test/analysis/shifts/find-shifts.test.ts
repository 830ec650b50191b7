import { expect, it } from 'vitest'
import { dailyTallies } from '../../../src/analysis/shifts/daily-tallies.ts'
import { findShifts } from '../../../src/analysis/shifts/find-shifts.ts'
import { addDays, daysBetween } from '../../../src/domain/period.ts'
import { type SteadyWork, steadyWork } from '../../support/steady-work.ts'

const FIRST = '2026-08-03'
const DAYS = 91
const CHANGED = addDays(FIRST, 78)

function shiftsOf(work: Pick<SteadyWork, 'seed' | 'itemsADay' | 'change'>) {
  const period = { from: FIRST, to: addDays(FIRST, DAYS) }
  return findShifts(dailyTallies(steadyWork({ first: FIRST, days: DAYS, ...work }), period, 'UTC'))
}

it('says nothing of days that repeat', () => {
  const found = Array.from({ length: 25 }, (_, seed) => shiftsOf({ seed, itemsADay: 60 })).flat()
  // One false shift a year and series would allow 37 here: six metrics over a quarter of a year, 25 times.
  expect(found.length).toBeLessThanOrEqual(3)
})

it.each([1, 2, 3])('dates a step of the attempts, and of the dollars that follow it, seed %i', (seed) => {
  const found = shiftsOf({ seed, itemsADay: 60, change: { from: CHANGED, secondAttempt: 0.6 } })
  const attempts = found.find(({ metric }) => metric === 'attempts')!
  expect(Math.abs(daysBetween(CHANGED, attempts.date))).toBeLessThanOrEqual(1)
  expect(attempts).toMatchObject({ kind: 'level', unit: 'ratio' })
  expect(attempts.before).toBeCloseTo(1.1, 1)
  expect(attempts.after).toBeCloseTo(1.6, 1)
  expect(attempts.from <= CHANGED && CHANGED <= attempts.to).toBe(true)
  expect(found.map(({ metric }) => metric)).toContain('cost_per_resolved')
  expect(found.filter(({ metric }) => metric === 'override_rate')).toEqual([])
})

it('sees corrections that become frequent although nothing else moves', () => {
  const found = shiftsOf({ seed: 5, itemsADay: 60, change: { from: CHANGED, overruled: 0.12 } })
  expect(found.map(({ metric }) => metric)).toContain('override_rate')
  expect(found.map(({ metric }) => metric)).not.toContain('attempts')
})

it('sees that the work doubled, in dollars a day and in no rate', () => {
  const found = shiftsOf({ seed: 6, itemsADay: 60, change: { from: CHANGED, volume: 2 } })
  expect(found.map(({ metric }) => metric)).toEqual(['spend'])
  expect(found[0]!.ratio).toBeCloseTo(2, 0)
  expect(found[0]!.after).toBeLessThan(20)
})

it('tells of one day alone, and that it is one day', () => {
  const period = { from: FIRST, to: addDays(FIRST, DAYS) }
  const last = addDays(FIRST, DAYS - 3)
  const items = steadyWork({ seed: 7, first: FIRST, days: DAYS, itemsADay: 60 })
  const extra = steadyWork({ seed: 8, first: last, days: 1, itemsADay: 240 })
  const found = findShifts(dailyTallies([...items, ...extra], period, 'UTC'))
  expect(found).toMatchObject([{ metric: 'spend', kind: 'day', date: last, from: last, to: last }])
})
