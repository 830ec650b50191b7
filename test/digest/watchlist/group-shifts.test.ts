import { expect, it } from 'vitest'
import { groupShifts } from '../../../src/digest/watchlist/group-shifts.ts'
import type { Shift } from '../../../src/domain/shift.ts'

const shift = (metric: Shift['metric'], date: string): Shift => ({
  ...{ metric, kind: 'level', date, from: date, to: date, before: 1, after: 2, unit: 'ratio', ratio: 2, sigmas: 5 },
})

it('puts shifts of one time together, the one that readers care about first', () => {
  const { occasions } = groupShifts(
    [shift('attempts', '2026-11-16'), shift('spend', '2026-11-18'), shift('spend', '2026-09-01')],
    [],
  )
  expect(occasions.map(({ date, shifts }) => [date, shifts.map(({ metric }) => metric)])).toEqual([
    ['2026-09-01', ['spend']],
    ['2026-11-18', ['spend', 'attempts']],
  ])
})

it('finds nothing new in a shift that is known, though its date moved by some days', () => {
  const known = [{ id: 'n', date: '2026-11-17', shifts: [shift('attempts', '2026-11-17')] }]
  expect(groupShifts([shift('attempts', '2026-11-19')], known)).toEqual({ occasions: [], joined: [] })
})

it('adds another metric to the notice that is there', () => {
  const known = [{ id: 'n', date: '2026-11-17', shifts: [shift('attempts', '2026-11-17')] }]
  const { occasions, joined } = groupShifts([shift('spend', '2026-11-18')], known)
  expect(occasions).toEqual([])
  expect(joined).toMatchObject([{ id: 'n', shifts: [{ metric: 'attempts' }, { metric: 'spend' }] }])
})
