import type { Cuboid } from './cuboids.ts'
import type { LeafScores } from './leaf-scores.ts'
import { median, normalTailQuantile } from './statistics.ts'

/** One element that the scan takes for a cause: which, its likelihood gain, and the leaves it explains. */
export type LeafCause = {
  readonly cuboid: Cuboid
  readonly element: number
  readonly gain: number
  readonly leaves: Int32Array
}

type CuboidSums = {
  readonly count: Float64Array
  readonly mapped: Float64Array
  readonly raw: Float64Array
  readonly deviation: Float64Array
}

const MAX_CAUSES = 20
/** Median of a chi-square with one degree of freedom. */
const CHI_SQUARE_MEDIAN = 0.455

/**
 * Finds the elements whose leaves moved together: takes the one with the highest (Σz)²/n over its penalty among those that
 * pass the gates, removes its leaves, and repeats. A true element beats its parents (diluted) and its children (fewer
 * leaves). Changes against the direction are the null. Method: reference, first regime, steps 3–5.
 */
export function scanLeaves(cuboids: readonly Cuboid[], scores: LeafScores): LeafCause[] {
  const sums = cuboids.map((cuboid) => sumElements(cuboid, scores))
  const dimensionCount = Math.max(...cuboids.map((cuboid) => cuboid.dimensions.length))
  const isRemoved = new Uint8Array(scores.mapped.length)
  const causes: LeafCause[] = []
  while (causes.length < MAX_CAUSES) {
    const best = findBest(cuboids, sums, dimensionCount)
    if (!best) break
    const cuboid = cuboids[best.cuboidIndex]!
    const leaves = cuboid.elementOfRow.reduce<number[]>((found, element, leaf) => {
      if (element === best.element && !isRemoved[leaf]) found.push(leaf)
      return found
    }, [])
    for (const leaf of leaves) isRemoved[leaf] = 1
    removeLeaves(cuboids, sums, scores, leaves)
    causes.push({ cuboid, element: best.element, gain: best.gain, leaves: Int32Array.from(leaves) })
  }
  return causes
}

function sumElements(cuboid: Cuboid, scores: LeafScores): CuboidSums {
  const size = cuboid.elementCount
  const sums = {
    count: new Float64Array(size),
    mapped: new Float64Array(size),
    raw: new Float64Array(size),
    deviation: new Float64Array(size),
  }
  for (let leaf = 0; leaf < cuboid.elementOfRow.length; leaf++) addLeaf(sums, cuboid, scores, leaf, 1)
  return sums
}

function removeLeaves(cuboids: readonly Cuboid[], sums: CuboidSums[], scores: LeafScores, leaves: number[]): void {
  for (let index = 0; index < cuboids.length; index++) {
    for (const leaf of leaves) addLeaf(sums[index]!, cuboids[index]!, scores, leaf, -1)
  }
}

function addLeaf(sums: CuboidSums, cuboid: Cuboid, scores: LeafScores, leaf: number, sign: 1 | -1): void {
  const element = cuboid.elementOfRow[leaf]!
  sums.count[element]! += sign
  sums.mapped[element]! += sign * scores.mapped[leaf]!
  sums.raw[element]! += sign * scores.raw[leaf]!
  sums.deviation[element]! += sign * scores.deviation[leaf]!
}

/** What an element of each layer must exceed: from the changes against the direction, and from the normal maximum. */
type LayerBounds = { elements: number; mirroredMapped: number; mirroredRaw: number }

function findBest(cuboids: readonly Cuboid[], sums: readonly CuboidSums[], dimensionCount: number) {
  const overdispersion = cuboids.map((_, index) => overdispersionOf(sums[index]!))
  const bounds = boundLayers(cuboids, sums, overdispersion, dimensionCount)
  let best: { cuboidIndex: number; element: number; gain: number; score: number } | null = null
  for (let index = 0; index < cuboids.length; index++) {
    const { count, mapped, raw, deviation } = sums[index]!
    const layer = bounds[cuboids[index]!.dimensions.length]!
    const exactMaximum = normalTailQuantile(0.01 / (dimensionCount * Math.max(1, layer.elements))) ** 2
    const gainBound = Math.max(exactMaximum, layer.mirroredMapped)
    const penalty = 2 * Math.log(cuboids[index]!.elementCount) + 2 * Math.log(cuboids.length) + 8
    const rawBound = Math.max(penalty, 1.3 * layer.mirroredRaw)
    for (let element = 0; element < count.length; element++) {
      const n = count[element]!
      const sum = mapped[element]!
      if (n < 1 || sum <= 0) continue
      const gain = (sum * sum) / n
      if (best && gain - penalty <= best.score) continue
      if (gain / (1 + n * overdispersion[index]!) <= gainBound) continue
      if (raw[element]! <= 0 || raw[element]! ** 2 / n <= rawBound || deviation[element]! / n <= 0.1) continue
      best = { cuboidIndex: index, element, gain, score: gain - penalty }
    }
  }
  return best
}

function boundLayers(
  cuboids: readonly Cuboid[],
  sums: readonly CuboidSums[],
  overdispersion: readonly number[],
  dimensionCount: number,
): LayerBounds[] {
  const bounds = Array.from({ length: dimensionCount + 1 }, () => ({ elements: 0, mirroredMapped: 0, mirroredRaw: 0 }))
  for (let index = 0; index < cuboids.length; index++) {
    const layer = bounds[cuboids[index]!.dimensions.length]!
    const { count, mapped, raw } = sums[index]!
    for (let element = 0; element < count.length; element++) {
      const n = count[element]!
      if (n < 1) continue
      layer.elements++
      if (mapped[element]! < 0) {
        const gain = mapped[element]! ** 2 / (n * (1 + n * overdispersion[index]!))
        if (gain > layer.mirroredMapped) layer.mirroredMapped = gain
      }
      if (raw[element]! < 0) layer.mirroredRaw = Math.max(layer.mirroredRaw, raw[element]! ** 2 / n)
    }
  }
  return bounds
}

/**
 * How much more the elements of a cuboid scatter than independent leaves would, per leaf (correlated noise). Used in the
 * gate alone: in the rank it would split a true element into its children.
 */
function overdispersionOf(sums: CuboidSums): number {
  let nonEmpty = 0
  let single = 0
  for (const n of sums.count) {
    if (n >= 1) nonEmpty++
    if (n === 1) single++
  }
  if (2 * single > nonEmpty) return 0
  const gains: number[] = []
  const sizes: number[] = []
  for (let element = 0; element < sums.count.length; element++) {
    const n = sums.count[element]!
    if (n < 1 || sums.mapped[element]! >= 0) continue
    gains.push(sums.mapped[element]! ** 2 / n)
    sizes.push(n)
  }
  if (gains.length < 3) return 0
  const medianSize = median(sizes)
  if (medianSize <= 1.5) return 0
  return Math.max(0, median(gains) / CHI_SQUARE_MEDIAN - 1) / medianSize
}
