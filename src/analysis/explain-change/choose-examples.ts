import type { WorkItemFact } from '../../domain/facts.ts'
import { compareItems, dearestItems } from '../economics/cite-items.ts'
import { runCountOf } from '../economics/select-items.ts'
import type { Segment } from '../why/segment.ts'
import { segmentTest } from '../why/segment-test.ts'
import type { Explanation } from './compute-explanation.ts'
import { itemsWhere } from './tabulate-items.ts'

/** Items that show what happened in a segment: what one was like before, what one is like now, and the worst now. */
export interface Examples {
  typicalBefore: WorkItemFact | null
  typicalNow: WorkItemFact | null
  /** Dearest first. */
  worstNow: WorkItemFact[]
}

const MOST_WORST = 3

export function chooseExamples(explanation: Explanation, segment: Segment): Examples {
  const { table } = explanation
  const isInside = segmentTest(table.dimensions, segment)
  const itemsOf = (isWanted: (week: number) => boolean) =>
    [...itemsWhere(table, (row) => isWanted(table.week[row]!) && isInside(row))].filter((item) => runCountOf(item) > 0)
  const now = itemsOf((week) => week === explanation.currentWindow)
  return {
    typicalBefore: median(itemsOf((week) => explanation.compared.includes(week))),
    typicalNow: median(now),
    worstNow: worstOf(now),
  }
}

/** Those that people corrected for the commonest reason come first: they show what the others were spared. */
function worstOf(items: readonly WorkItemFact[]): WorkItemFact[] {
  const counts = new Map<string, number>()
  const corrected = items.filter((item) => item.corrections > 0)
  for (const { rule } of corrected.flatMap((item) => item.overrides))
    if (rule) counts.set(rule, (counts.get(rule) ?? 0) + 1)
  const [top] = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
  const telling = corrected.filter((item) => top && item.overrides.some((one) => one.rule === top[0]))
  const first = dearestItems(telling, MOST_WORST)
  if (first.length === MOST_WORST) return first
  const taken = new Set(telling)
  const others = items.filter((item) => !taken.has(item))
  return [...first, ...dearestItems(others, MOST_WORST - first.length)]
}

function median(items: readonly WorkItemFact[]): WorkItemFact | null {
  if (items.length === 0) return null
  const place = Math.floor(items.length / 2)
  const costs = new Float64Array(items.length)
  for (const [index, item] of items.entries()) costs[index] = item.totalMicros
  costs.sort()
  const cost = costs[place]!
  const alike = items.filter((item) => item.totalMicros === cost).sort(compareItems)
  return alike[place - costs.indexOf(cost)]!
}
