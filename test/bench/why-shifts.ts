/** `node test/bench/why-shifts.ts [SERIES]`: false shifts per series-year and dating of steps, on seeded simulated years. */
import { detectShifts } from '../../src/analysis/why/detect-shift.ts'
import { simulateDays } from './why-series.ts'

const count = Number(process.argv[2] ?? 300)

for (const kind of ['plain', 'growth', 'correlated', 'heavy'] as const) {
  let falseShifts = 0
  for (let seed = 1; seed <= count; seed++) falseShifts += detectShifts(simulateDays({ seed, kind })).shifts.length
  console.log(JSON.stringify({ kind, series: count, falseShiftsPerYear: falseShifts / count }))
  for (const sigmas of [3, 4, 5]) {
    for (const after of [3, 7, 30, 180]) {
      let dated = 0
      let found = 0
      for (let seed = 1; seed <= count; seed++) {
        const days = simulateDays({ seed: 7000 + seed, kind, step: { at: 365 - after, sigmas } })
        const offsets = detectShifts(days).shifts.map((shift) =>
          Math.abs(days.findIndex((day) => day.date === shift.date) - (365 - after)),
        )
        const nearest = Math.min(...offsets, 999)
        if (nearest <= 1) dated++
        if (nearest <= 10) found++
      }
      console.log(JSON.stringify({ kind, sigmas, after, datedWithinADay: dated / count, found: found / count }))
    }
  }
}
