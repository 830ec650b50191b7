import { compareText } from '../../src/attribution/collapse-copies.ts'
import { readCell } from '../../src/attribution/item-days/cell.ts'
import { readDetails } from '../../src/attribution/item-days/day-details.ts'
import { DayFigures } from '../../src/attribution/item-days/day-figures.ts'
import { DayReading } from '../../src/attribution/item-days/day-reading.ts'
import type { ItemList } from '../../src/attribution/item-days/item-list.ts'
import { packItems } from '../../src/attribution/item-days/pack-day.ts'
import { mergeFacts } from '../../src/attribution/sort-facts.ts'
import type { WorkItemFact } from '../../src/domain/facts.ts'

/** The facts as they are read from packed days, every detail with them; those of `loose` as facts of no packed day. */
export function packFacts(
  facts: readonly WorkItemFact[],
  rateMicros: number | null,
  loose: readonly WorkItemFact[] = [],
): ItemList {
  const dayOf = (fact: WorkItemFact) => fact.startedAt.toISOString().slice(0, 10)
  const days = Map.groupBy(facts, (fact) => `${dayOf(fact)} ${fact.workflow}`)
  const parts = [...days.values()].flatMap((members) => {
    const day = { workflow: members[0]!.workflow, day: dayOf(members[0]!) }
    const at = members[0]!.startedAt.getTime()
    const items = members.map((fact) => ({ fact, earliest: at, latest: at, recorded: at }))
    return packItems(items, day, new Date(0)).map((row) => {
      const figures = new DayFigures(day.workflow, day.day, readCell(row.figures))
      const reading = new DayReading(figures, rateMicros, readDetails(row))
      return { ...day, reading, rows: Uint32Array.from({ length: row.items }, (_, index) => index) }
    })
  })
  const sorted = parts.sort((a, b) => compareText(a.workflow, b.workflow) || compareText(a.day, b.day))
  return mergeFacts(sorted, [...loose])
}
