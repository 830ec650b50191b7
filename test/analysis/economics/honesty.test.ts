import { expect, it } from 'vitest'
import { measureCoverage } from '../../support/economics-coverage.ts'

const WORLDS = 100
/** Three standard errors of a share of 0.9 over so many worlds, beyond the two points that a stated level may be off. */
const TOLERANCE = 0.02 + 3 * Math.sqrt(0.09 / WORLDS)

// test/bench/economics-honesty.ts runs a thousand worlds and holds claims to what they state, too.
it('every interval that an analysis states at 90 % covers the truth in about nine of ten simulated worlds', () => {
  const stated = [...measureCoverage(WORLDS, 120, 15_000)].filter(
    ([, { level, worlds }]) => level === 0.9 && worlds >= WORLDS / 2,
  )
  expect(stated.length).toBeGreaterThan(30)
  const off = stated
    .map(([figure, { covered, worlds }]) => ({ figure, coverage: covered / worlds }))
    .filter(({ coverage }) => Math.abs(coverage - 0.9) > TOLERANCE)
  expect(off).toEqual([])
}, 180_000)
