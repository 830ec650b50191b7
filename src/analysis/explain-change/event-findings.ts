import type { ChangeEvent } from '../../domain/change-event.ts'
import type { CorrectionFact } from '../../domain/facts.ts'
import type { Finding } from '../../domain/finding.ts'
import { dateIn } from '../../domain/period.ts'
import { createFigures } from '../economics/build-findings.ts'
import { type EconomicsParameters, isWithin } from '../economics/parameters.ts'
import { segmentTest } from '../why/segment-test.ts'
import type { Explanation } from './compute-explanation.ts'
import { itemsWhere } from './tabulate-items.ts'

const MOST_REASONS = 3

/** Change events near the change. They coincide with it; nothing here says that they caused it. */
export function changeEventFindings(changes: readonly ChangeEvent[], parameters: EconomicsParameters): Finding[] {
  const figure = createFigures(parameters, 'change events near the period; they coincide, which is not yet a cause')
  return changes.map((change) => {
    const date = dateIn(change.occurredAt, parameters.timeZone)
    return figure(`event.change.${change.id}`, labelOf(change), date, 'date', { kind: 'event' })
  })
}

/** The description, with the kind before it unless it begins with that itself. */
function labelOf({ kind, description }: ChangeEvent): string {
  return description.toLowerCase().startsWith(kind) ? description : `${kind}: ${description}`
}

/** What people overruled in the segment of the leading cause (or everywhere, where none is named), and for which rules. */
export function overrideFindings(explanation: Explanation, parameters: EconomicsParameters): Finding[] {
  const segment = explanation.causes[0]?.segment ?? {}
  const figure = createFigures(parameters, 'overrides of the period in the segment of the leading cause')
  const { table, currentWindow } = explanation
  const isInside = segmentTest(table.dimensions, segment)
  const inside = itemsWhere(table, (row) => table.week[row] === currentWindow && isInside(row))
  const corrected = [...inside.filter((item) => item.corrections > 0)]
  const overrides = corrected.flatMap((item) =>
    item.overrides.filter((one) => isWithin(one.occurredAt, parameters.bounds)),
  )
  if (overrides.length === 0) return []
  const named = Object.fromEntries(Object.entries(segment).map(([name, value]) => [name, value ?? '(not given)']))
  const extras = { kind: 'event' as const, segment: named }
  return [
    figure('event.overrides', 'Overrides in the segment', overrides.length, 'count', {
      ...extras,
      n: overrides.length,
    }),
    ...groupByRule(overrides).map(({ rule, reason, count }) =>
      figure(`event.overrides.rule=${rule}`, `Cite rule ${rule}, such as: ${reason}`, count, 'count', {
        ...extras,
        n: overrides.length,
        share: count / overrides.length,
      }),
    ),
  ]
}

function groupByRule(overrides: readonly CorrectionFact[]): { rule: string; reason: string; count: number }[] {
  const groups = new Map<string, CorrectionFact[]>()
  for (const override of overrides) {
    if (override.rule === null) continue
    const group = groups.get(override.rule)
    if (group) group.push(override)
    else groups.set(override.rule, [override])
  }
  return [...groups]
    .map(([rule, group]) => ({ rule, reason: group[0]!.reason, count: group.length }))
    .filter(({ count }) => count > 1)
    .sort((a, b) => b.count - a.count || (a.rule < b.rule ? -1 : 1))
    .slice(0, MOST_REASONS)
}
