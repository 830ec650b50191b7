import { addDays, dateIn } from '../domain/period.ts'
import type { Database } from '../store/client.ts'
import { dropSpanPartitionsBefore } from '../store/queries/ensure-span-partition.ts'

/** Drops raw spans received more than so many days ago, whole days (UTC) at a time. Returns the days that went. */
export function dropOldSpans(database: Database, retentionDays: number, now: Date): Promise<string[]> {
  return dropSpanPartitionsBefore(database.db, addDays(dateIn(now, 'UTC'), -retentionDays))
}
