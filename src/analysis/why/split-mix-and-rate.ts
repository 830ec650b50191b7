/** One group of a mean: its weight (items, say) and its total (dollars, resolved items …) in two periods. */
export type GroupChange = {
  readonly weightBefore: number
  readonly totalBefore: number
  readonly weightAfter: number
  readonly totalAfter: number
}

export type MixAndRate = {
  readonly change: number
  readonly mix: number
  readonly rate: number
  /** The same by group, in the order given. */
  readonly groups: readonly { readonly mix: number; readonly rate: number }[]
}

/**
 * Splits the change of a mean (Σ totals ÷ Σ weights) into a shift of mix and a change of the groups' own rates: symmetric
 * Kitagawa, mix centred on the overall mean, so that a group gains by mix only as far as it is dearer than the rest. A group
 * on one side only has that side's rate on both. Null where a side weighs nothing.
 */
export function splitMixAndRate(groups: readonly GroupChange[]): MixAndRate | null {
  const weightBefore = sum(groups, (group) => group.weightBefore)
  const weightAfter = sum(groups, (group) => group.weightAfter)
  if (weightBefore === 0 || weightAfter === 0) return null
  const meanBefore = sum(groups, (group) => group.totalBefore) / weightBefore
  const meanAfter = sum(groups, (group) => group.totalAfter) / weightAfter
  const centre = (meanBefore + meanAfter) / 2
  const parts = groups.map((group) => {
    const shareBefore = group.weightBefore / weightBefore
    const shareAfter = group.weightAfter / weightAfter
    const onlyAfter = group.weightAfter === 0 ? centre : group.totalAfter / group.weightAfter
    const rateBefore = group.weightBefore === 0 ? onlyAfter : group.totalBefore / group.weightBefore
    const rateAfter = group.weightAfter === 0 ? rateBefore : onlyAfter
    return {
      mix: (shareAfter - shareBefore) * ((rateBefore + rateAfter) / 2 - centre),
      rate: ((shareBefore + shareAfter) / 2) * (rateAfter - rateBefore),
    }
  })
  return {
    change: meanAfter - meanBefore,
    mix: sum(parts, (part) => part.mix),
    rate: sum(parts, (part) => part.rate),
    groups: parts,
  }
}

function sum<Item>(items: readonly Item[], value: (item: Item) => number): number {
  return items.reduce((total, item) => total + value(item), 0)
}
