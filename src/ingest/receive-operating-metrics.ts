import { type OperatingMetric, OperatingMetricInput } from '../domain/operating-metric.ts'
import type { Db } from '../store/client.ts'
import { insertOperatingMetrics } from '../store/queries/insert-operating-metrics.ts'
import { dateBreach, firstBreach } from './check-limits.ts'
import type { Members } from './read-members.ts'
import type { Receipt } from './receipt.ts'
import { type RowKind, receiveRows } from './receive-rows.ts'

const OPERATING_METRICS: RowKind<OperatingMetricInput, OperatingMetric> = {
  schema: OperatingMetricInput,
  breach: (input) =>
    firstBreach(dateBreach('periodStart', input.periodStart), dateBreach('periodEnd', input.periodEnd)),
  toRow: (input, id, now) => ({
    id,
    workflow: input.workflow ?? null,
    metric: input.metric,
    value: input.value,
    unit: input.unit,
    periodStart: input.periodStart,
    periodEnd: input.periodEnd,
    recordedAt: now,
  }),
  store: (tx, rows) => insertOperatingMetrics(tx, rows),
}

/** Stores figures of the operation itself. */
export function receiveOperatingMetrics(
  db: Db,
  members: Members,
  context: { now: Date; source: string },
): Promise<Receipt> {
  return receiveRows(db, members, context, OPERATING_METRICS)
}
