import { and, asc, eq, lte, or } from 'drizzle-orm'
import type { OperatingMetric } from '../../domain/operating-metric.ts'
import type { CalendarDate } from '../../domain/period.ts'
import type { Db } from '../client.ts'
import { operatingMetrics } from '../schema/events.ts'

export interface OperatingMetricsQuery {
  /** Null: every workflow's, and those of the whole operation. */
  workflow: string | null
  /** Only periods that had ended by this day. */
  until: CalendarDate
  /** Only what had been recorded by then; null: everything recorded so far. */
  knownAt: Date | null
}

/** Operating metrics of a workflow and of the whole operation, by metric, then in order of time. */
export async function listOperatingMetrics(db: Db, query: OperatingMetricsQuery): Promise<OperatingMetric[]> {
  const { workflow, until, knownAt } = query
  const rows = await db
    .select()
    .from(operatingMetrics)
    .where(
      and(
        lte(operatingMetrics.periodEnd, until),
        workflow === null ? undefined : or(eq(operatingMetrics.workflow, workflow), eq(operatingMetrics.workflow, '')),
        knownAt ? lte(operatingMetrics.recordedAt, knownAt) : undefined,
      ),
    )
    .orderBy(asc(operatingMetrics.metric), asc(operatingMetrics.periodStart), asc(operatingMetrics.recordedAt))
  return rows.map((row) => ({ ...row, workflow: row.workflow === '' ? null : row.workflow }))
}
