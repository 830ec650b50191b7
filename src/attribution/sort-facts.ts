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
  return join(fromRows.length === 0 ? whole : insert(whole, sortFacts(fromRows)))
}

/** Each fact among the days: the part that it falls into is sorted, every other one stays as it is. */
function insert(days: readonly ItemView[][], others: readonly WorkItemFact[]): WorkItemFact[][] {
  const ofDay = Map.groupBy(others, (other) => placeOf(other, days))
  const last = ofDay.get(days.length) ?? []
  return [
    ...days.map((day, index) => {
      const own = ofDay.get(index)
      return own ? sortFacts([...day, ...own]) : day
    }),
    last,
  ]
}

/** The first day of which the last item comes after the fact. */
function placeOf(fact: WorkItemFact, days: readonly ItemView[][]): number {
  let [low, high] = [0, days.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (compareFacts(fact, days[middle]!.at(-1)!) < 0) high = middle
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
function join(days: readonly WorkItemFact[][]): WorkItemFact[] {
  let views: WorkItemFact[] = []
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
