import { selectRank } from './select-rank.ts'

/** So many numbers are kept; of more it is counted how many lie in each bucket. */
const MOST_KEPT = 4096
/** 256 from each power of two to the next, from 1 to 2^32; what lies outside is in the first one or in the last. */
const BUCKETS = 32 * 256
const FIRST_BITS = 1023 << 8

/**
 * Percentiles of very many numbers, none of them below 0, without a list of them: shown once they are counted by buckets, and
 * shown again only those are kept that lie where a wanted rank does. The answers are the same as from a list, to the last bit.
 */
export class RankFinder {
  readonly #shares: readonly number[]
  #size = 0
  #kept: number[] = []
  #counts: Uint32Array | null = null
  #wanted: Map<number, WantedBucket> | null = null

  constructor(shares: readonly number[]) {
    this.#shares = shares
  }

  get size(): number {
    return this.#size
  }

  /** Shows a number for the first time. */
  add(value: number): void {
    this.#size++
    if (this.#counts !== null) {
      this.#counts[bucketOf(value)]!++
      return
    }
    this.#kept.push(value)
    if (this.#kept.length <= MOST_KEPT) return
    this.#counts = new Uint32Array(BUCKETS)
    for (const one of this.#kept) this.#counts[bucketOf(one)]!++
    this.#kept = []
  }

  /** Shows a number again, after all have been shown once. */
  addAgain(value: number): void {
    if (this.#counts === null) return
    this.#wanted ??= this.#chooseBuckets(this.#counts)
    const bucket = this.#wanted.get(bucketOf(value))
    if (bucket) bucket.values[bucket.length++] = value
  }

  /** As `percentiles` has them; null of nothing. */
  find(): number[] | null {
    if (this.#size === 0) return null
    return this.#shares.map((share) => {
      const { position, below, above } = this.#ranksOf(share)
      const [low, high] = [this.#numberAt(below), this.#numberAt(above)]
      return low + (high - low) * (position - below)
    })
  }

  #ranksOf(share: number): { position: number; below: number; above: number } {
    const position = share * (this.#size - 1)
    const below = Math.floor(position)
    return { position, below, above: Math.min(this.#size - 1, below + 1) }
  }

  #chooseBuckets(counts: Uint32Array): Map<number, WantedBucket> {
    const ranks = this.#shares.map((share) => this.#ranksOf(share)).flatMap(({ below, above }) => [below, above])
    const wanted = new Map<number, WantedBucket>()
    let first = 0
    for (let bucket = 0; bucket < BUCKETS; bucket++) {
      const end = first + counts[bucket]!
      if (ranks.some((rank) => rank >= first && rank < end)) {
        wanted.set(bucket, { first, values: new Float64Array(end - first), length: 0 })
      }
      first = end
    }
    return wanted
  }

  #numberAt(rank: number): number {
    if (this.#counts === null) return selectRank(Float64Array.from(this.#kept), rank)
    for (const { first, values, length } of this.#wanted?.values() ?? []) {
      if (length === values.length && rank >= first && rank < first + length) return selectRank(values, rank - first)
    }
    throw new Error('not all numbers were shown a second time')
  }
}

/** The numbers of a bucket in which a rank lies that is asked for. */
interface WantedBucket {
  /** The rank of its smallest. */
  first: number
  values: Float64Array
  length: number
}

const number = new Float64Array(1)
const words = new Uint32Array(number.buffer)

/** Of a larger number never a smaller one. */
function bucketOf(value: number): number {
  if (value < 1) return 0
  number[0] = value
  return Math.min((words[1]! >>> 12) - FIRST_BITS, BUCKETS - 1)
}
