import { type DayReading, detailOf } from '../../attribution/item-days/day-reading.ts'
import { ItemView } from '../../attribution/item-days/item-view.ts'
import type { WorkItemFact } from '../../domain/facts.ts'
import { type ItemTotals, totalItems } from './item-totals.ts'

const MOST_STEPS_NAMED = 10

export interface Path {
  name: string
  items: WorkItemFact[]
  totals: ItemTotals
}

/** Steps that were taken on a packed day, one after the other, by the day's codes. */
interface Trail {
  next: Trail[]
  members: WorkItemFact[] | null
}

/** Items, each with a run, by the steps of their last attempt; the most frequent path first, then by name. */
export function groupPaths(cohort: readonly WorkItemFact[]): Path[] {
  const paths = new Map<string, WorkItemFact[]>()
  const membersOf = (names: readonly string[]): WorkItemFact[] => {
    const name = nameOfPath(names)
    const known = paths.get(name)
    if (known) return known
    const members: WorkItemFact[] = []
    paths.set(name, members)
    return members
  }
  let reading: DayReading | null = null
  let start: Trail = { next: [], members: null }
  for (const item of cohort) {
    if (!(item instanceof ItemView)) {
      membersOf(item.runs.at(-1)!.steps.map((step) => step.name)).push(item)
      continue
    }
    if (item.reading !== reading) {
      reading = item.reading
      start = { next: [], members: null }
    }
    const { columns } = detailOf(item.reading, 'steps')
    const [from, to] = [columns.run[item.endOfRuns - 1]!, columns.run[item.endOfRuns]!]
    // Beyond the last step that is named, all that matters is that there is one more.
    const last = Math.min(to, from + MOST_STEPS_NAMED + 1)
    let trail = start
    for (let index = from; index < last; index++) {
      trail = trail.next[columns.name[index]!] ??= { next: [], members: null }
    }
    trail.members ??= membersOf(Array.from(columns.name.slice(from, last), (code) => columns.names[code - 1]!))
    trail.members.push(item)
  }
  return [...paths]
    .map(([name, items]) => ({ name, items, totals: totalItems(items) }))
    .sort((a, b) => b.items.length - a.items.length || (a.name < b.name ? -1 : 1))
}

function nameOfPath(names: readonly string[]): string {
  const name = names.length === 0 ? '(no steps)' : names.slice(0, MOST_STEPS_NAMED).join(' → ')
  return names.length > MOST_STEPS_NAMED ? `${name} → …` : name
}
