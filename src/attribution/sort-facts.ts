import type { WorkItemFact } from '../domain/facts.ts'
import { compareText } from './collapse-copies.ts'
import type { DayReading } from './item-days/day-reading.ts'
import type { ItemList } from './item-days/item-list.ts'
import { ItemListBuilder } from './item-days/item-list-builder.ts'
import { ItemView } from './item-days/item-view.ts'

/** By workflow, start and id, so that sums come out alike to the last bit wherever the facts came from. */
export function sortFacts(facts: WorkItemFact[]): WorkItemFact[] {
  return facts.sort(compareFacts)
}

/** Rows of one packed day, in that order; a day that was packed in several parts has one of these for each. */
export interface DayRows {
  reading: DayReading
  rows: Uint32Array
}

/**
 * One list in that order. `parts`: by workflow and day, those of a day one after the other. Only those are sorted, for a
 * year's items are in order but for them. `fromRows` in any order.
 */
export function mergeFacts(parts: readonly DayRows[], fromRows: WorkItemFact[]): ItemList {
  const days = joinParts(parts.filter(({ rows }) => rows.length > 0))
  const lasts = days.map(
    (day) => sortFacts(day.map(({ reading, rows }) => new ItemView(reading, rows.at(-1)!))).at(-1)!,
  )
  const ofDay = Map.groupBy(sortFacts(fromRows), (fact) => placeOf(fact, lasts))
  const list = new ItemListBuilder(parts.reduce((sum, { rows }) => sum + rows.length, fromRows.length))
  for (const [index, day] of days.entries()) {
    const own = ofDay.get(index) ?? []
    if (day.length + own.length === 1) list.addRows(day[0]!.reading, day[0]!.rows)
    else for (const fact of sortFacts([...day.flatMap(viewsOf), ...own])) list.add(fact)
  }
  for (const fact of ofDay.get(days.length) ?? []) list.add(fact)
  return list.build()
}

/** The parts of each day. */
function joinParts(parts: readonly DayRows[]): DayRows[][] {
  const days: DayRows[][] = []
  for (const part of parts) {
    const day = days.at(-1)
    if (day && isSameDay(day[0]!, part)) day.push(part)
    else days.push([part])
  }
  return days
}

function viewsOf({ reading, rows }: DayRows): ItemView[] {
  return Array.from(rows, (row) => new ItemView(reading, row))
}

/** The first of which it comes before. */
function placeOf(fact: WorkItemFact, lasts: readonly WorkItemFact[]): number {
  let [low, high] = [0, lasts.length]
  while (low < high) {
    const middle = (low + high) >>> 1
    if (compareFacts(fact, lasts[middle]!) < 0) high = middle
    else low = middle + 1
  }
  return low
}

function isSameDay(one: DayRows, other: DayRows): boolean {
  const [left, right] = [one.reading.figures, other.reading.figures]
  return left.start === right.start && left.workflow === right.workflow
}

function compareFacts(a: WorkItemFact, b: WorkItemFact): number {
  return compareText(a.workflow, b.workflow) || startOf(a) - startOf(b) || compareText(a.workItemId, b.workItemId)
}

function startOf(fact: WorkItemFact): number {
  return fact instanceof ItemView
    ? fact.reading.figures.start + fact.reading.figures.started[fact.row]!
    : fact.startedAt.getTime()
}
