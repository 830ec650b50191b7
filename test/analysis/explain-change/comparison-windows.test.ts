import { expect, it } from 'vitest'
import { closedPart, comparisonWindows } from '../../../src/analysis/explain-change/comparison-windows.ts'

const WEEK = { from: '2026-11-16', to: '2026-11-23' }
const BEFORE = { from: '2026-11-09', to: '2026-11-16' }
const starts = (firstDay: string, comparison = BEFORE) =>
  comparisonWindows(WEEK, comparison, firstDay).windows.map((window) => window.period.from)

it('reaches back eight weeks, the compared one among them', () => {
  expect(starts('2020-01-01')).toEqual([
    ...['2026-09-21', '2026-09-28', '2026-10-05', '2026-10-12', '2026-10-19', '2026-10-26', '2026-11-02'],
    ...['2026-11-09', '2026-11-16'],
  ])
  expect(comparisonWindows(WEEK, BEFORE, '2020-01-01').compared).toEqual([7])
})

it('begins with the first whole week of which something is known', () => {
  expect(starts('2026-10-28')).toEqual(['2026-11-02', '2026-11-09', '2026-11-16'])
  // The compared week is there even where nothing is known of it: that is what was asked.
  expect(starts('2026-11-18')).toEqual(['2026-11-09', '2026-11-16'])
})

it('keeps a comparison that is not the week before, and no week that overlaps it', () => {
  const comparison = { from: '2026-10-07', to: '2026-10-14' }
  const { windows, compared } = comparisonWindows(WEEK, comparison, '2026-09-28')
  expect(windows.map((window) => window.period.from)).toEqual([
    ...['2026-09-28', '2026-10-07', '2026-10-19', '2026-10-26', '2026-11-02', '2026-11-09', '2026-11-16'],
  ])
  expect(windows[compared[0]!]!.period).toEqual(comparison)
})

it('takes fewer windows of longer periods', () => {
  const month = { from: '2026-10-01', to: '2026-11-01' }
  const { windows } = comparisonWindows(month, { from: '2026-09-01', to: '2026-10-01' }, '2020-01-01')
  expect(windows.length).toBeLessThanOrEqual(4)
})

it('counts only days that have ended, on both sides', () => {
  expect(closedPart(WEEK, BEFORE, '2026-11-23')).toEqual({ period: WEEK, comparison: BEFORE })
  expect(closedPart(WEEK, BEFORE, '2026-11-18')).toEqual({
    period: { from: '2026-11-16', to: '2026-11-18' },
    comparison: { from: '2026-11-09', to: '2026-11-11' },
  })
  expect(closedPart(WEEK, BEFORE, '2026-11-16')).toBeNull()
})
