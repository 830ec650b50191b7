/**
 * Shapley values of the factors of a product: how much of after − before each factor's change is worth, averaged over all
 * orders. They add up to the difference of the products. Exact with zeros and signs; 2^k evaluations for k factors.
 */
export function shapleyOfProduct(before: readonly number[], after: readonly number[]): number[] {
  return before.map((value, factor) => (after[factor]! - value) * restWeight(before, after, factor))
}

/** What one unit of a factor is worth: the product of the others, averaged over the orders in which they change. */
export function restWeight(before: readonly number[], after: readonly number[], factor: number): number {
  const others = before.map((_, index) => index).filter((index) => index !== factor)
  let weight = 0
  for (let subset = 0; subset < 1 << others.length; subset++) {
    let product = 1
    let changed = 0
    for (const [position, index] of others.entries()) {
      const isChanged = ((subset >> position) & 1) === 1
      product *= isChanged ? after[index]! : before[index]!
      if (isChanged) changed++
    }
    weight += product * orderShare(changed, others.length + 1)
  }
  return weight
}

/** The share of all orders of `count` factors in which exactly a given set of `changed` factors comes first, then ours. */
function orderShare(changed: number, count: number): number {
  let share = 1 / count
  for (let step = 1; step <= changed; step++) share *= step / (count - step)
  return share
}
