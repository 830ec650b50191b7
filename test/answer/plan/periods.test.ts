import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { assignPeriods, defaultComparison } from '../../../src/answer/plan/assign-periods.ts'
import { readQuestion } from '../../../src/answer/plan/read-question.ts'
import { addDays, daysBetween, weekdayOf } from '../../../src/domain/period.ts'

/** A Wednesday. */
const TODAY = '2026-11-18'
const periodOf = (question: string) => {
  const period = assignPeriods(readQuestion(question).text, TODAY).period?.period
  return period ? `${period.from}/${period.to}` : null
}

describe('periods', () => {
  it.each([
    ['today', '2026-11-18/2026-11-19'],
    ['yesterday', '2026-11-17/2026-11-18'],
    ['this week', '2026-11-16/2026-11-19'],
    ['last week', '2026-11-09/2026-11-16'],
    ['the week before last', '2026-11-02/2026-11-09'],
    ['three weeks ago', '2026-10-26/2026-11-02'],
    ['last month', '2026-10-01/2026-11-01'],
    ['in October', '2026-10-01/2026-11-01'],
    ['in December', '2025-12-01/2026-01-01'],
    ['in November', '2026-11-01/2026-11-19'],
    ['in October 2025', '2025-10-01/2025-11-01'],
    ['since 3 Nov', '2026-11-03/2026-11-19'],
    ['since Nov 3rd', '2026-11-03/2026-11-19'],
    ['between 2 Nov and 8 Nov', '2026-11-02/2026-11-09'],
    ['from 2026-10-28 to 2026-11-03', '2026-10-28/2026-11-04'],
    ['9-15 Nov', '2026-11-09/2026-11-16'],
    ['9–15 November', '2026-11-09/2026-11-16'],
    ['Nov 9 to 15', '2026-11-09/2026-11-16'],
    ['week of 9 Nov', '2026-11-09/2026-11-16'],
    ['the week of November 12th', '2026-11-09/2026-11-16'],
    ['week 46', '2026-11-09/2026-11-16'],
    ['2026-W46', '2026-11-09/2026-11-16'],
    ['the last 30 days', '2026-10-19/2026-11-18'],
    ['last two weeks', '2026-11-02/2026-11-16'],
    ['over the past 3 months', '2026-08-01/2026-11-01'],
    ['Q3', '2026-07-01/2026-10-01'],
    ['Q4 2025', '2025-10-01/2026-01-01'],
    ['last quarter', '2026-07-01/2026-10-01'],
    ['H1', '2026-01-01/2026-07-01'],
    ['in 2025', '2025-01-01/2026-01-01'],
    ['year to date', '2026-01-01/2026-11-19'],
    ['2026-11-09', '2026-11-09/2026-11-10'],
    ['on 9.11.2026', '2026-11-09/2026-11-10'],
    ['last Friday', '2026-11-13/2026-11-14'],
    ['on Wednesday', '2026-11-11/2026-11-12'],
    ['may I see it', null],
    ['31 February', null],
    ['in May', '2026-05-01/2026-06-01'],
  ])('%s', (words, expected) => expect(periodOf(`spend ${words}`)).toBe(expected))

  it.each([
    ['spend last week compared with the week before', '2026-11-02/2026-11-09'],
    ['why was October higher than September', '2026-09-01/2026-10-01'],
    ['why did spend go up from September to October', '2026-09-01/2026-10-01'],
    ['why did it rise between August and October', '2026-08-01/2026-09-01'],
    ['spend last week vs the same week last year', '2025-11-10/2025-11-17'],
    ['spend on 2026-11-09 vs 2026-11-02', '2026-11-02/2026-11-03'],
  ])('%s', (question, expected) => {
    const { comparison } = assignPeriods(readQuestion(question).text, TODAY)
    expect(comparison && `${comparison.from}/${comparison.to}`).toBe(expected)
  })

  it('compares with whole months where the period is whole months, else with the same weekdays before', () => {
    expect(defaultComparison({ from: '2026-10-01', to: '2026-11-01' }, 'month')).toEqual({
      from: '2026-09-01',
      to: '2026-10-01',
    })
    expect(defaultComparison({ from: '2026-07-01', to: '2026-10-01' }, 'quarter')).toEqual({
      from: '2026-04-01',
      to: '2026-07-01',
    })
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 3000 }), fc.integer({ min: 1, max: 60 }), (start, days) => {
        const period = { from: addDays('2020-01-06', start), to: addDays('2020-01-06', start + days) }
        const other = defaultComparison(period, 'week')
        expect(daysBetween(other.from, other.to)).toBe(days)
        expect(weekdayOf(other.from)).toBe(weekdayOf(period.from))
        expect(other.to <= period.from).toBe(true)
      }),
    )
  })
})
