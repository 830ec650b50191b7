import type { WorkItemFact } from '../../domain/facts.ts'
import { compareItems } from '../economics/cite-items.ts'
import { isInSegment, type Segment } from '../why/segment.ts'
import type { Explanation } from './compute-explanation.ts'

/** Items that show what happened in a segment: what one was like before, what one is like now, and the worst now. */
export interface Examples {
  typicalBefore: WorkItemFact | null
  typicalNow: WorkItemFact | null
  /** Dearest first. */
  worstNow: WorkItemFact[]
}

const MOST_WORST = 3

export function chooseExamples(explanation: Explanation, segment: Segment): Examples {
  const itemsOf = (isWanted: (week: number) => boolean) =>
    explanation.rows
      .filter((row) => isWanted(row.weekIndex) && isInSegment(row.dimensions, segment) && row.item.runs.length > 0)
      .map((row) => row.item)
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
  for (const { rule } of items.flatMap((item) => item.overrides))
    if (rule) counts.set(rule, (counts.get(rule) ?? 0) + 1)
  const [top] = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
  const isTelling = (item: WorkItemFact) =>
    item.overrides.some((one) => one.rule !== null && one.rule === top?.[0]) ? 1 : 0
  return [...items]
    .sort((a, b) => isTelling(b) - isTelling(a) || b.totalMicros - a.totalMicros || compareItems(a, b))
    .slice(0, MOST_WORST)
}

function median(items: readonly WorkItemFact[]): WorkItemFact | null {
  const sorted = [...items].sort((a, b) => a.totalMicros - b.totalMicros || compareItems(a, b))
  return sorted[Math.floor(sorted.length / 2)] ?? null
}
