import type { ItemList } from '../../attribution/item-days/item-list.ts'
import type { ChangeEvent } from '../../domain/change-event.ts'
import type { CorrectionFact, WorkItemFact } from '../../domain/facts.ts'
import type { Finding } from '../../domain/finding.ts'
import { addDays, type CalendarDate, dateIn, daysBetween } from '../../domain/period.ts'
import type { ShiftNotice } from '../../domain/shift.ts'
import { keyOfWorkItem } from '../../store/queries/work-item-keys.ts'
import { createFigures } from '../economics/build-findings.ts'
import { dayOf } from '../economics/item-dimensions.ts'
import type { EconomicsParameters } from '../economics/parameters.ts'
import type { Segment } from '../why/segment.ts'
import { segmentTest } from '../why/segment-test.ts'
import type { Explanation } from './compute-explanation.ts'
import { itemsWhere } from './tabulate-items.ts'

/** Days without a like correction that end an episode. */
const GAP_DAYS = 6
const FEWEST = 3
/** What was done shows near the end of an episode; what came of it in the weeks after. */
const DONE_BEFORE_DAYS = 5
const DONE_AFTER_DAYS = 14
const AFTERMATH_DAYS = 21
const MOST_NOTICES = 2

/**
 * What was like it before: an earlier stretch in which people corrected the same segment under the same rule, and shifts of the
 * same driver or segment that were noticed then; each with the change that followed and what came of it.
 */
export function pastEpisodes(
  explanation: Explanation,
  changes: readonly ChangeEvent[],
  notices: readonly ShiftNotice[],
  parameters: EconomicsParameters,
): Finding[] {
  const figure = createFigures(parameters, 'what was noticed, corrected and changed before the period')
  const cause = explanation.causes[0]
  if (!cause) return []
  const { timeZone, period } = parameters
  const dated = changes
    .filter((change) => !change.inferred)
    .map((change) => ({ date: dateIn(change.occurredAt, timeZone), description: change.description }))
  const findings: Finding[] = []
  const episode = lastEpisode(explanation, cause.segment, parameters)
  if (episode) {
    const { rule, days, from, to } = episode
    const done = dated.find(
      ({ date }) => date > from && date >= addDays(to, -DONE_BEFORE_DAYS) && date <= addDays(to, DONE_AFTER_DAYS),
    )
    const after = done
      ? episode.all.filter((day) => day > done.date && day > to && day <= addDays(done.date, AFTERMATH_DAYS)).length
      : 0
    const many = `${days.length} corrections under rule ${rule} there`
    const label = done
      ? `${many}, which ended when this changed on ${done.date}: ${done.description}`
      : `${many}, which ended without a change that was recorded`
    findings.push(
      figure('event.precedent', label, from, 'date', { kind: 'event', n: days.length }),
      figure('event.precedent.until', 'Last of them', to, 'date', { kind: 'event' }),
    )
    if (done) {
      findings.push(
        figure('event.precedent.done', done.description, done.date, 'date', { kind: 'event' }),
        figure('event.precedent.after', 'Like ones in the three weeks after', after, 'count', {
          kind: 'event',
          n: after,
        }),
      )
    }
  }
  const like = notices
    .filter((notice) => notice.date < addDays(period.from, -GAP_DAYS) && isLike(notice, cause))
    .slice(0, MOST_NOTICES)
  for (const [index, notice] of like.entries()) {
    const done = dated.find(({ date }) => date >= notice.date && daysBetween(notice.date, date) <= AFTERMATH_DAYS)
    const label = `A shift like it${done ? `; then, on ${done.date}: ${done.description}` : ''}`
    findings.push(figure(`event.precedent.shift.${index + 1}`, label, notice.date, 'date', { kind: 'event' }))
  }
  return findings
}

function isLike({ cause }: ShiftNotice, now: { driver: string; segment: Segment }): boolean {
  if (!cause || cause.driver === null) return false
  const names = Object.keys(cause.segment)
  const shared = names.filter((name) => now.segment[name] === cause.segment[name])
  return cause.driver === now.driver && (names.length === 0 || shared.length > 0)
}

/** The latest stretch of the past with several corrections of the segment under the rule that is cited most now. */
function lastEpisode(explanation: Explanation, segment: Segment, { timeZone, comparison }: EconomicsParameters) {
  const { table, currentWindow } = explanation
  const isInside = segmentTest(table.dimensions, segment)
  const items = correctedOf(itemsWhere(table, isInside))
  const current = correctedOf(itemsWhere(table, (row) => table.week[row] === currentWindow && isInside(row)))
  const rule = mostCited(current.flatMap((item) => item.overrides))
  if (rule === null) return null
  const all = items
    .flatMap((item) => item.overrides.filter((one) => one.rule === rule).map((one) => dayOf(one.occurredAt, timeZone)))
    .sort()
  const stretches: CalendarDate[][] = []
  for (const day of all.filter((one) => one < comparison.from)) {
    const last = stretches.at(-1)
    if (last && daysBetween(last.at(-1)!, day) <= GAP_DAYS) last.push(day)
    else stretches.push([day])
  }
  const days = stretches.filter((stretch) => stretch.length >= FEWEST).at(-1)
  return days ? { rule, days, from: days[0]!, to: days.at(-1)!, all } : null
}

/** Those that people corrected, each once. */
function correctedOf(items: ItemList): WorkItemFact[] {
  const corrected = new Map<string, WorkItemFact>()
  for (const item of items) if (item.corrections > 0) corrected.set(keyOfWorkItem(item), item)
  return [...corrected.values()]
}

function mostCited(overrides: readonly CorrectionFact[]): string | null {
  const counts = new Map<string, number>()
  for (const { rule } of overrides) if (rule !== null) counts.set(rule, (counts.get(rule) ?? 0) + 1)
  const [top] = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
  return top && top[1] >= FEWEST ? top[0] : null
}
