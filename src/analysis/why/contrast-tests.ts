import type { Contrast } from './week-sums.ts'

/** How a candidate's week differs from what its past and the rest suggest, with the noise that chance alone gives it. */
export type ContrastResult = {
  /** Difference, its variance and third cumulant in the test's own unit; phi enters as variance + phi · weight. */
  readonly difference: number
  readonly variance: number
  readonly cumulant: number
  readonly weight: number
}

/** A test of a contrast; null where there is too little to compare. `measure` wants a past, to learn from it. */
export type ContrastTest = {
  readonly measure: (contrast: Contrast) => ContrastResult | null
  readonly score: (contrast: Contrast, phi: number) => number | null
}

const SUPPORT = 8

/** Expected count of a segment from its past share of the rest: growth of everything cancels. */
export function expectedCount({ n, h, totalN, totalH }: Contrast): number {
  return ((totalN - n) * (h + 0.5)) / (totalH - h + 0.5)
}

/** Squared relative error of what is expected: it is known from counts, of which those of the rest weigh as much as the segment's own. */
function expectationError({ n, h, totalN, totalH }: Contrast): number {
  return 1 / Math.max(0.5, h) + 1 / Math.max(0.5, totalN - n) + 1 / Math.max(0.5, totalH - h)
}

/**
 * Counts: signed root of the likelihood ratio against the complement's growth. Test V of the reference; but what it expects is uncertain
 * by phi and by the counts that tell it, so that the law is Poisson's mixed over a gamma distribution (negative binomial). A
 * Poisson ratio divided by the wider variance makes too much of a customer who doubles now and then.
 */
export function createCountTest(direction: 1 | -1): ContrastTest {
  const hasSupport = (contrast: Contrast) =>
    contrast.n + contrast.h > 0 && (direction === 1 ? contrast.n >= SUPPORT : contrast.h >= SUPPORT)
  return {
    measure: (contrast) => {
      if (contrast.h < SUPPORT) return null
      const expected = expectedCount(contrast)
      return {
        difference: contrast.n - expected,
        variance: expected * (1 + expected * expectationError(contrast)),
        cumulant: expected,
        weight: expected * expected,
      }
    },
    score: (contrast, phi) => {
      if (!hasSupport(contrast)) return null
      const expected = expectedCount(contrast)
      const { n } = contrast
      const doubt = expectationError(contrast) + phi
      const apart = n === 0 ? 0 : n * Math.log(n / expected)
      const likelihood = 2 * (apart - (n + 1 / doubt) * Math.log((1 + doubt * n) / (1 + doubt * expected)))
      return Math.sign(n - expected) * Math.sqrt(Math.max(0, likelihood))
    },
  }
}

/**
 * Values per item: change of the segment's mean less that of the rest, in units of its standard error, widened by phi.
 * A segment with no past at all is taken to have had the rest's, for residuals are free of the work's own dimensions. Test C of
 * the reference; beyond it, the skewness of few items (most have one attempt, most no correction) is taken out of the score.
 * @param variance and @param skewness of one item's residual.
 */
export function createMeanTest(variance: number, skewness: number): ContrastTest {
  const third = skewness * variance ** 1.5
  const measure = (contrast: Contrast) => contrastMeans(contrast, variance, third)
  return {
    measure: (contrast) => (contrast.h === 0 ? null : measure(contrast)),
    score: (contrast, phi) => {
      const result = measure(contrast)
      if (!result) return null
      const spread = result.variance + phi
      return withoutSkew(result.difference / Math.sqrt(spread), result.cumulant / spread ** 1.5)
    },
  }
}

/** Change of a segment's mean less that of the rest. @param variance and @param third cumulant of one item's value. */
function contrastMeans(contrast: Contrast, variance: number, third: number): ContrastResult | null {
  const changes = changesOf(contrast)
  if (!changes) return null
  const { n, h, totalN, totalH } = contrast
  const [otherNow, otherPast] = [totalN - n, totalH - h]
  return {
    difference: changes.own - changes.rest,
    variance: variance * (1 / n + (h === 0 ? 0 : 1 / h) + 1 / otherNow + 1 / otherPast),
    cumulant: third * (1 / n ** 2 - (h === 0 ? 0 : 1 / h ** 2) - 1 / otherNow ** 2 + 1 / otherPast ** 2),
    weight: 1,
  }
}

/** By how much the means of a segment and of the rest changed; null where there is too little of either. */
export function changesOf(contrast: Contrast): { readonly own: number; readonly rest: number } | null {
  const { n, h, nowSum, pastSum, totalN, totalH, totalNowSum, totalPastSum } = contrast
  const otherNow = totalN - n
  const otherPast = totalH - h
  if (n < SUPPORT || (h > 0 && h < SUPPORT) || otherNow < SUPPORT || otherPast < SUPPORT) return null
  const restPast = (totalPastSum - pastSum) / otherPast
  const ownPast = h === 0 ? restPast : pastSum / h
  return { own: nowSum / n - ownPast, rest: (totalNowSum - nowSum) / otherNow - restPast }
}

/** The normal score at the same tail as a skewed one (Wilson and Hilferty's cube root). */
function withoutSkew(z: number, skewness: number): number {
  if (Math.abs(skewness) < 1e-3) return z
  return (6 / skewness) * (Math.cbrt(1 + (skewness * z) / 2) - 1) + skewness / 6
}
