import { describe, expect, it } from 'vitest'
import { createCountTest } from '../../../src/analysis/why/contrast-tests.ts'
import { createRateTest } from '../../../src/analysis/why/rate-test.ts'
import { normalTailQuantile } from '../../../src/analysis/why/statistics.ts'
import type { Contrast } from '../../../src/analysis/why/week-sums.ts'

const USUAL = 0.12
const ENDLESS = 1e9

/** Items with a correction of all, now and in the past, in a segment and in the rest. */
function rates(own: [number, number], ownPast: [number, number], rest: [number, number], past: [number, number]) {
  const residual = ([part, whole]: [number, number]) => part - USUAL * whole
  return {
    n: own[1],
    h: ownPast[1],
    nowSum: residual(own),
    pastSum: residual(ownPast),
    totalN: own[1] + rest[1],
    totalH: ownPast[1] + past[1],
    totalNowSum: residual(own) + residual(rest),
    totalPastSum: residual(ownPast) + residual(past),
  } satisfies Contrast
}

const usual = (items: number): [number, number] => [USUAL * items, items]

/** P(X ≥ least) of a binomial count. */
function binomialTail(least: number, items: number, part: number): number {
  let probability = (1 - part) ** items
  let tail = least <= 0 ? probability : 0
  for (let count = 1; count <= items; count++) {
    probability *= ((items - count + 1) / count) * (part / (1 - part))
    if (count >= least) tail += probability
  }
  return tail
}

describe('createRateTest', () => {
  const test = createRateTest(USUAL)

  it('is near the exact tail where the past and the rest are known well', () => {
    for (const [corrected, items] of [
      [21, 45],
      [12, 40],
      [40, 200],
    ] as const) {
      const contrast = rates([corrected, items], usual(ENDLESS), usual(ENDLESS), usual(ENDLESS))
      const exact = normalTailQuantile(binomialTail(corrected, items, USUAL))
      expect(Math.abs(test.score(contrast, 0)! - exact)).toBeLessThan(0.2)
    }
  })

  it('sees a segment of half the items while the rest stays, and none where everything rose alike', () => {
    const alone = rates([40, 150], usual(1200), usual(150), usual(1200))
    const broad = rates([40, 150], usual(1200), [40, 150], usual(1200))
    expect(test.score(alone, 0)!).toBeGreaterThan(3.5)
    expect(Math.abs(test.score(broad, 0)!)).toBeLessThan(1)
  })

  it('asks for more where parts swing from week to week', () => {
    const contrast = rates([40, 150], usual(1200), usual(150), usual(1200))
    expect(test.score(contrast, 0.002)!).toBeLessThan(0.8 * test.score(contrast, 0)!)
  })
})

describe('createCountTest', () => {
  const test = createCountTest(1)
  const counts = (n: number, h: number, rest: number, past: number): Contrast => ({
    ...{ n, h, nowSum: 0, pastSum: 0, totalNowSum: 0, totalPastSum: 0 },
    ...{ totalN: n + rest, totalH: h + past },
  })

  it('counts the doubt about the rest: half of all items tell less than a small part of them', () => {
    // Of 300 items a week, 150 or 30 are expected; both see two Poisson deviations more.
    const half = test.score(counts(150 + 24, 1200, 150, 1200), 0)!
    const small = test.score(counts(30 + 11, 240, 270, 2160), 0)!
    expect(small).toBeGreaterThan(1.6)
    expect(half).toBeLessThan(1.4)
  })

  it('does not make much of a value that doubles where values swing by a quarter', () => {
    const doubled = counts(126, 400, 950, 7600)
    const poisson = (n: number, expected: number) => Math.sqrt(2 * (n * Math.log(n / expected) - (n - expected)))
    expect(test.score(doubled, 0)!).toBeGreaterThan(0.85 * poisson(126, 50))
    expect(test.score(doubled, 0.08)!).toBeLessThan(3.5)
  })
})
