import { detailOf } from '../../attribution/item-days/day-reading.ts'
import type { ItemList } from '../../attribution/item-days/item-list.ts'
import { ItemListBuilder } from '../../attribution/item-days/item-list-builder.ts'
import { eachDay } from './each-day.ts'
import { type ItemTotals, totalItems } from './item-totals.ts'

const MOST_STEPS_NAMED = 10

export interface Path {
  name: string
  items: ItemList
  totals: ItemTotals
}

/** Steps that were taken on a packed day, one after the other, by the day's codes. */
interface Trail {
  next: Trail[]
  members: ItemListBuilder | null
}

/** Items, each with a run, by the steps of their last attempt; the most frequent path first, then by name. */
export function groupPaths(cohort: ItemList): Path[] {
  const paths = new Map<string, ItemListBuilder>()
  const membersOf = (names: readonly string[]): ItemListBuilder => {
    const name = nameOfPath(names)
    const known = paths.get(name)
    if (known) return known
    const members = new ItemListBuilder()
    paths.set(name, members)
    return members
  }
  eachDay(cohort, {
    rows(rows, from, to, reading) {
      const { run } = reading.figures
      const { run: starts, code, name, names } = detailOf(reading, 'steps').columns
      const start: Trail = { next: [], members: null }
      for (let place = from; place < to; place++) {
        const last = run[rows[place]! + 1]! - 1
        const first = starts[last]!
        // Beyond the last step that is named, all that matters is that there is one more.
        const end = Math.min(starts[last + 1]!, first + MOST_STEPS_NAMED + 1)
        let trail = start
        for (let index = first; index < end; index++) {
          trail = trail.next[name[code[index]!]!] ??= { next: [], members: null }
        }
        trail.members ??= membersOf(Array.from(code.subarray(first, end), (own) => names[name[own]! - 1]!))
        trail.members.addRow(reading, rows[place]!)
      }
    },
    fact: (item) => membersOf(item.runs.at(-1)!.steps.map((step) => step.name)).add(item),
  })
  return [...paths]
    .map(([name, members]) => ({ name, items: members.build() }))
    .map(({ name, items }) => ({ name, items, totals: totalItems(items) }))
    .sort((a, b) => b.items.length - a.items.length || (a.name < b.name ? -1 : 1))
}

function nameOfPath(names: readonly string[]): string {
  const name = names.length === 0 ? '(no steps)' : names.slice(0, MOST_STEPS_NAMED).join(' → ')
  return names.length > MOST_STEPS_NAMED ? `${name} → …` : name
}
