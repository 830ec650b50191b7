import type { WorkItemFact } from '../domain/facts.ts'
import { compareText } from './collapse-copies.ts'
import { ItemView } from './item-days/item-view.ts'

/** By workflow, start and id, so that sums come out alike to the last bit wherever the facts came from. */
export function sortFacts(facts: WorkItemFact[]): WorkItemFact[] {
  return facts.sort(compareFacts)
}

/**
 * One list in that order. `days`: views of packed days, each in order, by workflow and day; a day may come in several parts,
 * one after the other. Only those are sorted, for a year's items are in order but for them. `fromRows` in any order.
 */
export function mergeFacts(days: readonly ItemView[][], fromRows: WorkItemFact[]): WorkItemFact[] {
  const views: ItemView[] = []
  let start = 0
  for (const part of days) {
    const [first] = part
    if (!first) continue
    const isMore = views.length > 0 && isSameDay(views.at(-1)!, first)
    if (!isMore) start = views.length
    for (const view of part) views.push(view)
    if (isMore) sortFrom(views, start)
  }
  if (fromRows.length === 0) return views
  const others = sortFacts(fromRows)
  const merged: WorkItemFact[] = []
  let next = 0
  for (const view of views) {
    while (next < others.length && compareFacts(others[next]!, view) < 0) merged.push(others[next++]!)
    merged.push(view)
  }
  while (next < others.length) merged.push(others[next++]!)
  return merged
}

function isSameDay(one: ItemView, other: ItemView): boolean {
  const [left, right] = [one.reading.figures, other.reading.figures]
  return left.start === right.start && left.workflow === right.workflow
}

function sortFrom(views: ItemView[], start: number): void {
  const part = views.slice(start).sort(compareFacts)
  for (let index = 0; index < part.length; index++) views[start + index] = part[index]!
}

function compareFacts(a: WorkItemFact, b: WorkItemFact): number {
  return compareText(a.workflow, b.workflow) || startOf(a) - startOf(b) || compareText(a.workItemId, b.workItemId)
}

function startOf(fact: WorkItemFact): number {
  return fact instanceof ItemView
    ? fact.reading.figures.start + fact.reading.figures.started[fact.row]!
    : fact.startedAt.getTime()
}
