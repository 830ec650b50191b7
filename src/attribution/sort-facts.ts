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
  const whole: ItemView[][] = []
  for (const part of days) {
    if (part.length === 0) continue
    const before = whole.at(-1)
    if (before && isSameDay(before[0]!, part[0]!)) whole[whole.length - 1] = before.concat(part).sort(compareFacts)
    else whole.push(part)
  }
  const views = join(whole)
  if (fromRows.length === 0) return views
  return insert(views, sortFacts(fromRows))
}

/** Both in order. What lies between two of the others is copied as a block: there are few of them. */
function insert(views: readonly ItemView[], others: readonly WorkItemFact[]): WorkItemFact[] {
  const merged: WorkItemFact[][] = []
  let from = 0
  for (const other of others) {
    const end = placeOf(other, views, from)
    merged.push(views.slice(from, end), [other])
    from = end
  }
  merged.push(views.slice(from))
  return merged.flat()
}

/** The first view, from `from` on, that comes after the fact. */
function placeOf(fact: WorkItemFact, views: readonly ItemView[], from: number): number {
  let [low, high] = [from, views.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (compareFacts(fact, views[middle]!) < 0) high = middle
    else low = middle + 1
  }
  return low
}

function isSameDay(one: ItemView, other: ItemView): boolean {
  const [left, right] = [one.reading.figures, other.reading.figures]
  return left.start === right.start && left.workflow === right.workflow
}

/** Arguments that one call takes without harm. */
const DAYS_AT_ONCE = 1000

/** A year's views, copied as blocks instead of one by one. */
function join(days: readonly ItemView[][]): ItemView[] {
  let views: ItemView[] = []
  for (let from = 0; from < days.length; from += DAYS_AT_ONCE) {
    views = views.concat(...days.slice(from, from + DAYS_AT_ONCE))
  }
  return views
}

function compareFacts(a: WorkItemFact, b: WorkItemFact): number {
  return compareText(a.workflow, b.workflow) || startOf(a) - startOf(b) || compareText(a.workItemId, b.workItemId)
}

function startOf(fact: WorkItemFact): number {
  return fact instanceof ItemView
    ? fact.reading.figures.start + fact.reading.figures.started[fact.row]!
    : fact.startedAt.getTime()
}
