import { describe, expect, test } from 'vitest'
import { type DayValue, detectShifts } from '../../../src/analysis/why/detect-shift.ts'
import { type SeriesPlan, simulateDays } from '../../bench/why-series.ts'

const kinds: SeriesPlan['kind'][] = ['plain', 'growth', 'correlated', 'heavy']
const seeds = Array.from({ length: 40 }, (_, index) => 500 + index)

describe('detectShifts', () => {
  test.each(kinds)('at most one false shift per series-year: %s', { timeout: 60_000 }, (kind) => {
    const found = seeds.map((seed) => detectShifts(simulateDays({ seed, kind })).shifts.length)
    expect(found.reduce((sum, count) => sum + count, 0) / seeds.length).toBeLessThanOrEqual(0.25)
  })

  test.each(['plain', 'growth', 'heavy'] as const)('dates steps within a day: %s', { timeout: 60_000 }, (kind) => {
    const dated = seeds.filter((seed) => {
      const at = 60 + ((seed * 7) % 270)
      const days = simulateDays({ seed, kind, step: { at, sigmas: 3 + (seed % 4) } })
      return detectShifts(days).shifts.some(
        (shift) => Math.abs(days.findIndex((day) => day.date === shift.date) - at) <= 1,
      )
    })
    expect(dated.length / seeds.length).toBeGreaterThanOrEqual(0.95)
  })

  test('eight weeks are enough, and quiet ones stay quiet', () => {
    const quiet = seeds.filter(
      (seed) => detectShifts(simulateDays({ seed, kind: 'plain', days: 56 })).shifts.length > 0,
    )
    expect(quiet.length).toBeLessThanOrEqual(4)
    const stepped = seeds.filter((seed) => {
      const days = simulateDays({ seed, kind: 'plain', days: 56, step: { at: 49, sigmas: 5 } })
      return detectShifts(days).shifts.some((shift) => shift.from <= days[49]!.date && shift.to >= days[49]!.date)
    })
    expect(stepped.length / seeds.length).toBeGreaterThanOrEqual(0.9)
  })

  test('a lone last day is a point anomaly, never a shift', () => {
    const days = simulateDays({ seed: 3, kind: 'plain', days: 90 })
    const last = { ...days[89]!, value: days[89]!.value! * 2.5 }
    const { shifts, anomalies } = detectShifts([...days.slice(0, 89), last])
    expect(shifts).toEqual([])
    expect(anomalies.map((anomaly) => anomaly.date)).toEqual([last.date])
    expect(anomalies[0]!.z).toBeGreaterThan(4)
  })

  test('unknown days and days without work do not break it', () => {
    const days: DayValue[] = simulateDays({ seed: 4, kind: 'plain', days: 120 })
    const gaps = days.map((day, index) => (index % 11 === 0 ? { ...day, value: null } : day))
    expect(detectShifts(gaps).shifts).toEqual([])
    const idle = days.map((day) => (day.weekday >= 5 ? { ...day, value: 0 } : day))
    expect(detectShifts(idle).shifts).toEqual([])
  })

  test('too few days, no answer; a constant series has no shift', () => {
    const days = simulateDays({ seed: 5, kind: 'plain', days: 10 })
    expect(detectShifts(days)).toEqual({ shifts: [], anomalies: [], sigma: null })
    const flat = simulateDays({ seed: 5, kind: 'plain', days: 60 }).map((day) => ({ ...day, value: 7 }))
    expect(detectShifts(flat)).toMatchObject({ shifts: [], anomalies: [] })
  })
})
