import { type ContrastResult, type ContrastTest, changesOf } from './contrast-tests.ts'
import { clamp } from './statistics.ts'
import type { Contrast } from './week-sums.ts'

/** Of the variance of the rest's change: what stays in a difference from which only the part believed was taken. */
const LEAST_REST = 0.35

/**
 * Parts of items of which something is true (one was corrected), as residuals of 0 and 1: signed root of the binomial likelihood
 * ratio between the usual part and the one that the contrast tells, widened by how well the past and the rest are known and by phi. For few
 * items and large changes it is nearer to the exact tail than any score from moments.
 *
 * What the week did to everything is read from the rest, but only as far as the rest moved beyond chance (the positive part of
 * James and Stein, 1961): a segment of half the items would otherwise be measured against a rest that is known no better.
 * @param usual part in the history, above 0 and below 1.
 */
export function createRateTest(usual: number): ContrastTest {
  const variance = usual * (1 - usual)
  return {
    measure: (contrast) => (contrast.h === 0 ? null : contrastParts(contrast, variance)),
    score: (contrast, phi) => {
      const result = contrastParts(contrast, variance)
      if (!result) return null
      const part = clamp(usual + result.difference, 0, 1)
      const likelihood = 2 * contrast.n * (gain(part, usual) + gain(1 - part, 1 - usual))
      const spread = ((result.variance + phi) * contrast.n) / variance
      return Math.sign(result.difference) * Math.sqrt(Math.max(0, likelihood) / spread)
    },
  }
}

function contrastParts(contrast: Contrast, variance: number): ContrastResult | null {
  const changes = changesOf(contrast)
  if (!changes) return null
  const { own, rest } = changes
  const { n, h, totalN, totalH } = contrast
  const restVariance = variance * (1 / (totalN - n) + 1 / (totalH - h))
  const believed = rest === 0 ? 0 : Math.max(0, 1 - restVariance / rest ** 2)
  return {
    difference: own - believed * rest,
    variance: variance * (1 / n + (h === 0 ? 0 : 1 / h)) + Math.max(LEAST_REST, believed) * restVariance,
    cumulant: 0,
    weight: 1,
  }
}

function gain(value: number, expected: number): number {
  return value === 0 ? 0 : value * Math.log(value / expected)
}
