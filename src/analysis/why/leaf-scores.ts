import { clamp, MAD_TO_SIGMA, median, normalTail, quantileOfSorted } from './statistics.ts'

/** How far each leaf moved, in its own noise: all arrays have one entry a leaf. */
export type LeafScores = {
  /** Relative change in the direction looked for, 2(v − f)/(v + f), in [−2, 2]. */
  readonly deviation: Float64Array
  readonly sigma: Float64Array
  /** Standardised by the mirrored side's own tails, within ±8. */
  readonly mapped: Float64Array
  /** Deviation over sigma, within ±8. */
  readonly raw: Float64Array
}

const LARGEST_SCORE = 8

/**
 * Standardises leaves' changes. The noise is learnt on the side that cannot hold the anomaly (changes against `direction`):
 * sigma by bins of size, tails by mapping that side's quantiles to a half-normal's. Method: reference, first regime, steps 1–2.
 * @param actual v and @param expected f, with v + f > 0 in every leaf; @param direction 1 looks for rises, −1 for falls.
 */
export function scoreLeaves(actual: Float64Array, expected: Float64Array, direction: 1 | -1): LeafScores {
  const deviation = actual.map((v, leaf) => (direction * 2 * (v - expected[leaf]!)) / (v + expected[leaf]!))
  const sigma = noiseBySize(actual, expected, deviation)
  const standardised = deviation.map((d, leaf) => d / sigma[leaf]!)
  const raw = standardised.map((t) => clamp(t, -LARGEST_SCORE, LARGEST_SCORE))
  const mirrored = standardised.filter((_, leaf) => deviation[leaf]! <= 0).map(Math.abs)
  const toNormal = mapToHalfNormal(mirrored.sort())
  const mapped = toNormal
    ? standardised.map((t) => Math.sign(t) * Math.min(Math.abs(t), toNormal(Math.abs(t)), LARGEST_SCORE))
    : raw
  return { deviation, sigma, mapped, raw }
}

function noiseBySize(actual: Float64Array, expected: Float64Array, deviation: Float64Array): Float64Array {
  const leafCount = actual.length
  const size = actual.map((v, leaf) => (v + expected[leaf]!) / 2)
  const globalSigma = mirroredSigma(deviation)
  const floor = Math.max(0.005, 0.3 * globalSigma)
  const binCount = clamp(Math.floor(leafCount / 300), 1, 20)
  const sorted = size.slice().sort()
  const edges = Array.from(
    { length: binCount - 1 },
    (_, bin) => sorted[Math.floor(((bin + 1) * leafCount) / binCount)]!,
  )
  const binOf = Uint8Array.from(size, (value) => edges.findLastIndex((edge) => value >= edge) + 1)
  const sigmaOfBin = Array.from({ length: binCount }, (_, bin) => {
    const own = mirroredSigma(deviation.filter((_, leaf) => binOf[leaf] === bin))
    return Math.max(floor, own)
  })
  return Float64Array.from(binOf, (bin) => sigmaOfBin[bin]!)
}

/** 1.4826 · median(−d | d ≤ 0); 0 where no leaf is on that side. */
function mirroredSigma(deviation: Float64Array): number {
  const side = deviation.filter((d) => d <= 0)
  return side.length === 0 ? 0 : MAD_TO_SIGMA * median(side.map((d) => -d))
}

/** From the sorted |t| of the mirrored side: the half-normal level at the same quantile. Null with too few leaves to tell. */
function mapToHalfNormal(sorted: Float64Array): ((t: number) => number) | null {
  if (sorted.length <= 200) return null
  const knotT = [0]
  const knotZ = [0]
  for (let level = 0.25; sorted.length * 2 * normalTail(level) >= 5; level += 0.25) {
    const t = quantileOfSorted(sorted, 1 - 2 * normalTail(level))
    if (t <= knotT[knotT.length - 1]!) continue
    knotT.push(t)
    knotZ.push(level)
  }
  const last = knotT.length - 1
  const back = Math.max(0, last - 2)
  const tailSlope = last === back ? 1 : Math.min(1, (knotZ[last]! - knotZ[back]!) / (knotT[last]! - knotT[back]!))
  return (t) => {
    if (t >= knotT[last]!) return knotZ[last]! + tailSlope * (t - knotT[last]!)
    let above = 1
    while (knotT[above]! < t) above++
    const share = (t - knotT[above - 1]!) / (knotT[above]! - knotT[above - 1]!)
    return knotZ[above - 1]! + share * (knotZ[above]! - knotZ[above - 1]!)
  }
}
