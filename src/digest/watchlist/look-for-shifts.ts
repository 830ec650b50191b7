import type { Analysis, AnalysisContext } from '../../analysis/analysis.ts'
import { loadItems } from '../../analysis/economics/load-items.ts'
import { resolveParameters } from '../../analysis/economics/parameters.ts'
import { filterItems } from '../../analysis/economics/select-items.ts'
import { dailyTallies } from '../../analysis/shifts/daily-tallies.ts'
import { findShifts } from '../../analysis/shifts/find-shifts.ts'
import type { Report } from '../../domain/finding.ts'
import { addDays, type CalendarDate, dateIn, type Period } from '../../domain/period.ts'
import type { AnalysisName } from '../../domain/plan.ts'
import type { Shift, ShiftCause, ShiftNotice } from '../../domain/shift.ts'
import { findLastActivity } from '../../store/queries/find-activity.ts'
import { findFirstActivity } from '../../store/queries/find-first-activity.ts'
import {
  insertShiftNotice,
  listShiftNotices,
  lockNotices,
  setNoticeCause,
  updateNoticeShifts,
} from '../../store/queries/shift-notices.ts'
import { explainingPlan, explainingQuestion } from './explaining-plan.ts'
import { groupShifts } from './group-shifts.ts'

const DAYS_BACK = 120
/** A shift that is dated further back when it is first seen is kept for later questions, and nobody is told. */
const NEWS_DAYS = 21
/** That work stopped shows in the days after it; later the workflow is over, and its end is no news. */
const DAYS_AFTER_LAST = 7
const DAYS_UNTIL_OVER = 28

export type WatchContext = AnalysisContext & { catalogue: ReadonlyMap<AnalysisName, Analysis> }

/**
 * Looks through the closed days of a workflow for shifts that no notice has, and writes them down, once each however many
 * processes look. Gives the notices that are new.
 */
export async function lookForShifts(context: WatchContext, workflow: string): Promise<ShiftNotice[]> {
  const { db, standpoint } = context
  const today = dateIn(standpoint.asOf, standpoint.timeZone)
  const period = await watchedDays(context, workflow, today)
  if (period === null) return []
  const parameters = resolveParameters(context, { analysis: 'spend', workflow, period })
  const items = await loadItems(context, parameters, 'cohort', { withoutComparison: true })
  const tallies = dailyTallies(filterItems(items, parameters), period, standpoint.timeZone)
  const fresh = await keepNew(context, workflow, findShifts(tallies), today)
  for (const notice of fresh) {
    const cause = await explain(context, notice, today)
    await setNoticeCause(db, notice.id, cause)
  }
  return fresh
}

/** From the first day of work (or so many days back) to yesterday, or to a week after the last work. */
async function watchedDays(context: WatchContext, workflow: string, today: CalendarDate): Promise<Period | null> {
  const { asOf, knownAt, timeZone } = context.standpoint
  const first = await findFirstActivity(context.db, { workflow, to: asOf, knownAt })
  const last = await findLastActivity(context.db, { workflow, to: new Date(asOf.getTime() + 1), knownAt })
  if (!first || !last) return null
  const lastDay = dateIn(last, timeZone)
  const isOver = addDays(lastDay, DAYS_UNTIL_OVER) < today
  const end = addDays(lastDay, isOver ? 1 : DAYS_AFTER_LAST + 1)
  const to = end < today ? end : today
  const earliest = addDays(to, -DAYS_BACK)
  const from = dateIn(first, timeZone)
  const period = { from: from > earliest ? from : earliest, to }
  return period.from < period.to ? period : null
}

async function keepNew(
  { db, standpoint }: WatchContext,
  workflow: string,
  shifts: readonly Shift[],
  today: CalendarDate,
): Promise<ShiftNotice[]> {
  if (shifts.length === 0) return []
  return db.transaction(async (tx) => {
    await lockNotices(tx, workflow)
    const { occasions, joined } = groupShifts(shifts, await listShiftNotices(tx, { workflow }))
    for (const { id, shifts: all } of joined) await updateNoticeShifts(tx, id, all)
    const notices = occasions.map(
      ({ date, shifts: all }): ShiftNotice => ({
        id: `${workflow}/${date}`,
        workflow,
        date,
        shifts: all,
        state: date >= addDays(today, -NEWS_DAYS) ? 'new' : 'past',
        question: explainingQuestion(workflow, all[0]!, today),
        cause: null,
        noticedAt: standpoint.asOf,
      }),
    )
    for (const notice of notices) await insertShiftNotice(tx, notice)
    return notices
  })
}

/** What it came to when it was noticed, for those who later ask whether there was anything like it. */
async function explain(context: WatchContext, { workflow, shifts }: ShiftNotice, today: CalendarDate) {
  const report = await context.catalogue
    .get('explain_change')!
    .run(context, explainingPlan(workflow, shifts[0]!, today))
  return causeOf(report)
}

function causeOf({ findings }: Report): ShiftCause {
  const verdict = findings.find((one) => one.kind === 'verdict')
  const cause = findings.find((one) => one.kind === 'cause')
  return {
    verdict: String(verdict?.value ?? 'not_enough_data'),
    driver: cause?.driver ?? null,
    segment: cause?.segment ?? {},
    dollars: typeof cause?.value === 'number' ? cause.value : null,
  }
}
