import { type CalendarDate, daysBetween } from '../../domain/period.ts'
import type { Metric } from '../../domain/plan.ts'
import type { Shift, ShiftNotice } from '../../domain/shift.ts'

/** What readers care about first; it leads the notice. */
const LEADING: readonly Metric[] = [
  'spend',
  'cost_per_resolved',
  'override_rate',
  'resolution_rate',
  'attempts',
  'tokens_per_call',
]
/** Dates are known to within some days, and what changed shows in one metric sooner than in another. */
const SAME_TIME_DAYS = 5

export interface Occasion {
  date: CalendarDate
  shifts: Shift[]
}

/**
 * The shifts that no notice has, by occasion, and those that belong to a notice that is there: of another metric, or dated anew
 * as more days came in. A shift of the same metric at the same time is the same one.
 */
export function groupShifts(
  shifts: readonly Shift[],
  known: readonly Pick<ShiftNotice, 'id' | 'date' | 'shifts'>[],
): { occasions: Occasion[]; joined: { id: string; shifts: Shift[] }[] } {
  const occasions: Occasion[] = []
  const joined = new Map<string, Shift[]>()
  for (const shift of [...shifts].sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0))) {
    const notice = known.find((one) => isSameTime(one, shift))
    if (notice) {
      const there = joined.get(notice.id) ?? notice.shifts
      if (!there.some((one) => one.metric === shift.metric)) joined.set(notice.id, [...there, shift])
      continue
    }
    const occasion = occasions.find((one) => isSameTime(one, shift))
    if (occasion) occasion.shifts.push(shift)
    else occasions.push({ date: shift.date, shifts: [shift] })
  }
  return {
    occasions: occasions.map((one) => withLeading(one)),
    joined: [...joined].map(([id, all]) => ({ id, shifts: all })),
  }
}

function isSameTime(one: { date: CalendarDate; shifts: readonly Shift[] }, shift: Shift): boolean {
  const near = (date: CalendarDate) => Math.abs(daysBetween(date, shift.date)) <= SAME_TIME_DAYS
  return near(one.date) || one.shifts.some((other) => near(other.date))
}

/** The leading metric first, once each; the occasion is dated by it. */
function withLeading({ shifts }: Occasion): Occasion {
  const first = new Map<Metric, Shift>()
  for (const shift of shifts) if (!first.has(shift.metric)) first.set(shift.metric, shift)
  const sorted = [...first.values()].sort((a, b) => LEADING.indexOf(a.metric) - LEADING.indexOf(b.metric))
  return { date: sorted[0]!.date, shifts: sorted }
}
