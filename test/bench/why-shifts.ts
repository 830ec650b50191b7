/** `node test/bench/why-shifts.ts [SERIES] [SEED] [KIND,…]`: false shifts per series-year and dating of steps, on seeded simulated years. */
import { detectShifts } from '../../src/analysis/why/detect-shift.ts'
import { simulateDays } from './why-series.ts'

const count = Number(process.argv[2] ?? 300)
const firstSeed = Number(process.argv[3] ?? 1)
const KINDS = ['plain', 'growth', 'correlated', 'heavy'] as const
const kinds = process.argv[4]?.split(',') ?? KINDS

for (const kind of KINDS.filter((one) => kinds.includes(one))) {
  let falseShifts = 0
  for (let run = 0; run < count; run++) {
    falseShifts += detectShifts(simulateDays({ seed: firstSeed + run, kind })).shifts.length
  }
  console.log(JSON.stringify({ kind, series: count, falseShiftsPerYear: falseShifts / count }))
  for (const sigmas of [3, 4, 5]) {
    for (const after of [3, 7, 30, 180]) {
      let dated = 0
      let found = 0
      for (let run = 0; run < count; run++) {
        const days = simulateDays({ seed: 1_000_000 + firstSeed + run, kind, step: { at: 365 - after, sigmas } })
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
