import { createRandom as createUniform } from '../analysis/why/seeded-random.ts'

/** Random draws that a seed fixes: the same seed gives the same company, down to the last token. */
export interface Random {
  /** Uniform in [0, 1). */
  uniform(): number
  /** Uniform in [low, high). */
  between(low: number, high: number): number
  /** A whole number, both ends included. */
  whole(low: number, high: number): number
  chance(probability: number): boolean
  pick<Choice>(choices: readonly Choice[]): Choice
  /** Log-normal with the given median; `spread` is the standard deviation of the logarithm. */
  around(median: number, spread: number): number
  shuffle<Item>(items: readonly Item[]): Item[]
}

/** xmur3 over the text seeds mulberry32. */
export function createRandom(seed: string): Random {
  const uniform = createUniform(hashOf(seed))
  const between = (low: number, high: number): number => low + uniform() * (high - low)
  const whole = (low: number, high: number): number => low + Math.floor(uniform() * (high - low + 1))
  return {
    uniform,
    between,
    whole,
    chance: (probability) => uniform() < probability,
    pick: (choices) => choices[Math.floor(uniform() * choices.length)]!,
    around: (median, spread) => {
      const normal = Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform())
      return median * Math.exp(spread * normal)
    },
    shuffle: (items) => {
      const shuffled = [...items]
      for (let last = shuffled.length - 1; last > 0; last--) {
        const other = whole(0, last)
        ;[shuffled[last], shuffled[other]] = [shuffled[other]!, shuffled[last]!]
      }
      return shuffled
    },
  }
}

/**
 * `size` values whose shares are the weights' as nearly as whole numbers allow (largest remainder), shuffled: a week then
 * has the mix it should have, and differs from other weeks by its order, its sizes and its costs.
 */
export function dealShares<Value>(
  random: Random,
  shares: readonly (readonly [Value, number])[],
  size: number,
): Value[] {
  const total = shares.reduce((sum, [, weight]) => sum + weight, 0)
  const exact = shares.map(([value, weight]) => ({ value, amount: (weight / total) * size }))
  const cards = exact.flatMap(({ value, amount }) => Array<Value>(Math.floor(amount)).fill(value))
  // The remainders are drawn by chance, so that a rare value is not missing from every short deck.
  const remainders = exact.map(({ value, amount }) => ({ value, weight: amount - Math.floor(amount) }))
  while (cards.length < size) {
    const draw = random.uniform() * remainders.reduce((sum, { weight }) => sum + weight, 0)
    let passed = 0
    const chosen = remainders.find(({ weight }) => {
      passed += weight
      return passed > draw
    })
    cards.push((chosen ?? remainders[0]!).value)
    if (chosen) chosen.weight = 0
  }
  return random.shuffle(cards)
}

/** Deals to each group of equal keys apart; values come back in the order of the keys. */
export function dealByGroup<Key extends string, Value>(
  keys: readonly Key[],
  deal: (key: Key, size: number) => Value[],
): Value[] {
  const sizes = new Map<Key, number>()
  for (const key of keys) sizes.set(key, (sizes.get(key) ?? 0) + 1)
  const dealt = new Map([...sizes].map(([key, size]) => [key, deal(key, size)]))
  return keys.map((key) => dealt.get(key)!.pop()!)
}

function hashOf(text: string): number {
  let hash = 1779033703 ^ text.length
  for (let index = 0; index < text.length; index++) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 3432918353)
    hash = (hash << 13) | (hash >>> 19)
  }
  hash = Math.imul(hash ^ (hash >>> 16), 2246822507)
  hash = Math.imul(hash ^ (hash >>> 13), 3266489909)
  return (hash ^ (hash >>> 16)) >>> 0
}
