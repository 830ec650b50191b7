import type { ItemList } from '../../attribution/item-days/item-list.ts'
import type { WorkItemFact } from '../../domain/facts.ts'
import { addToGroup } from './add-to-group.ts'
import { compareItems } from './cite-items.ts'
import { attributeOf, textOf } from './item-dimensions.ts'

/** The attribute that items of the same input share. */
export const INPUT_ATTRIBUTE = 'request'

/** One input that was run more than once, cheapest item first. */
export interface RepeatedInput {
  attribute: string
  value: string
  items: WorkItemFact[]
  /** Dearest ÷ cheapest. */
  ratio: number
}

/** Inputs of the cohort that occur in more than one item, the widest first. Every item must have a known cost above 0. */
export function findRepeats(items: ItemList, cohort: ItemList): RepeatedInput[] {
  const asked = new Set(Array.from(cohort, inputOf))
  const groups = new Map<string, WorkItemFact[]>()
  for (const item of items) {
    const input = inputOf(item)
    if (input === null || !asked.has(input)) continue
    addToGroup(groups, input, item)
  }
  return [...groups.values()]
    .filter((group) => group.length > 1)
    .map((group) => {
      const sorted = group.sort((a, b) => a.totalMicros - b.totalMicros || compareItems(a, b))
      const ratio = sorted.at(-1)!.totalMicros / sorted[0]!.totalMicros
      const value = textOf(sorted[0]!.attributes[INPUT_ATTRIBUTE])!
      return { attribute: INPUT_ATTRIBUTE, value, items: sorted, ratio }
    })
    .sort((a, b) => b.ratio - a.ratio || (a.value < b.value ? -1 : 1))
}

function inputOf(item: WorkItemFact): string | null {
  const value = textOf(attributeOf(item, INPUT_ATTRIBUTE))
  return value === null ? null : `${item.workflow}\u0000${value}`
}
