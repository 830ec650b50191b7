import { createRandom } from '../../src/analysis/why/seeded-random.ts'
import type { WorkItemFact } from '../../src/domain/facts.ts'
import { addDays, type CalendarDate, weekdayOf } from '../../src/domain/period.ts'
import { makeCorrection, makeItem, makeRun, makeUse } from '../analysis/economics/make-items.ts'

export interface SteadyWork {
  seed: number
  first: CalendarDate
  days: number
  /** On a weekday; a third of it at weekends. */
  itemsADay: number
  /** From this day on, the chance that an item needs a second attempt (0.1 before). */
  change?: { from: CalendarDate; secondAttempt?: number; overruled?: number; volume?: number }
}

/** Days of work that repeat but for chance: weekdays, a second attempt now and then, few corrections, costs that differ. */
export function steadyWork({ seed, first, days, itemsADay, change }: SteadyWork): WorkItemFact[] {
  const random = createRandom(seed)
  const items: WorkItemFact[] = []
  for (let day = 0; day < days; day++) {
    const date = addDays(first, day)
    const isChanged = change !== undefined && date >= change.from
    const usual = weekdayOf(date) > 5 ? itemsADay / 3 : itemsADay
    const count = Math.round(usual * (isChanged ? (change.volume ?? 1) : 1) * (0.9 + 0.2 * random()))
    for (let index = 0; index < count; index++) {
      const startedAt = new Date(`${date}T${String(8 + (index % 9)).padStart(2, '0')}:00:00Z`)
      const attributes = {
        policyType: random() < 0.4 ? 'home' : 'auto',
        region: ['TX', 'FL'][Math.floor(random() * 2)]!,
      }
      const attempts = random() < (isChanged ? (change.secondAttempt ?? 0.1) : 0.1) ? 2 : 1
      const isOverruled = random() < (isChanged ? (change.overruled ?? 0.02) : 0.02)
      const costMicros = Math.round(40_000 * Math.exp(0.5 * (random() + random() + random() - 1.5)))
      const runs = Array.from({ length: attempts }, () => makeRun({ startedAt, models: [makeUse({ costMicros })] }))
      const workItemId = `claim-${date}-${index}`
      items.push(
        makeItem({
          ...{ workItemId, attributes, runs },
          overrides: isOverruled
            ? [makeCorrection({ id: workItemId, occurredAt: startedAt, costMicros: 100_000 })]
            : [],
          outcomes: [{ status: random() < 0.95 ? 'resolved' : 'failed', occurredAt: startedAt }],
        }),
      )
    }
  }
  return items
}
