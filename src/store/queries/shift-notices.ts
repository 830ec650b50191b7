import { and, desc, eq, gte, lt, lte, sql } from 'drizzle-orm'
import type { CalendarDate } from '../../domain/period.ts'
import type { ShiftCause, ShiftNotice } from '../../domain/shift.ts'
import type { Db } from '../client.ts'
import { shiftNotices } from '../schema/watchlist.ts'

/** Notices about a workflow are written by one process at a time: what is new is judged against what is there. */
const NOTICE_LOCK = 7_364_295

export async function lockNotices(tx: Db, workflow: string): Promise<void> {
  await tx.execute(sql`select pg_advisory_xact_lock(${NOTICE_LOCK}, hashtext(${workflow}))`)
}

export interface NoticeFilter {
  workflow?: string | undefined
  /** By the day that the shift is dated to; half-open. */
  from?: CalendarDate | undefined
  to?: CalendarDate | undefined
  state?: ShiftNotice['state'] | undefined
  /** Noticed by then. */
  noticedUntil?: Date | undefined
  limit?: number | undefined
}

/** The newest shift first. */
export async function listShiftNotices(db: Db, filter: NoticeFilter = {}): Promise<ShiftNotice[]> {
  return db
    .select()
    .from(shiftNotices)
    .where(
      and(
        filter.workflow === undefined ? undefined : eq(shiftNotices.workflow, filter.workflow),
        filter.from === undefined ? undefined : gte(shiftNotices.date, filter.from),
        filter.to === undefined ? undefined : lt(shiftNotices.date, filter.to),
        filter.state === undefined ? undefined : eq(shiftNotices.state, filter.state),
        filter.noticedUntil === undefined ? undefined : lte(shiftNotices.noticedAt, filter.noticedUntil),
      ),
    )
    .orderBy(desc(shiftNotices.date), shiftNotices.workflow, shiftNotices.id)
    .limit(filter.limit ?? 1000)
}

export async function findShiftNotice(db: Db, id: string): Promise<ShiftNotice | null> {
  const [notice] = await db.select().from(shiftNotices).where(eq(shiftNotices.id, id))
  return notice ?? null
}

export async function insertShiftNotice(db: Db, notice: ShiftNotice): Promise<void> {
  await db.insert(shiftNotices).values(notice)
}

/** Further metrics of a notice that is there: they join it, and nobody is told again. */
export async function updateNoticeShifts(db: Db, id: string, shifts: ShiftNotice['shifts']): Promise<void> {
  await db.update(shiftNotices).set({ shifts }).where(eq(shiftNotices.id, id))
}

export async function setNoticeCause(db: Db, id: string, cause: ShiftCause): Promise<void> {
  await db.update(shiftNotices).set({ cause }).where(eq(shiftNotices.id, id))
}
