import { addDays, dateIn, startOfDay } from '../domain/period.ts'
import type { Database } from '../store/client.ts'
import { pruneSlackEvents } from '../store/queries/claim-slack-event.ts'
import { deleteDeadLettersBefore } from '../store/queries/dead-letters.ts'
import { dropTracePartitionsBefore } from '../store/queries/ensure-trace-partition.ts'

/** Slack repeats a delivery within minutes; a day is far beyond. */
const DELIVERIES_MILLISECONDS = 86_400_000

/**
 * Drops raw spans received more than so many days ago, whole days (UTC) at a time, refusals of that age, and old deliveries.
 * Returns the days that went.
 */
export async function cleanUp(database: Database, retentionDays: number, now: Date): Promise<string[]> {
  await pruneSlackEvents(database.db, new Date(now.getTime() - DELIVERIES_MILLISECONDS))
  const firstDay = addDays(dateIn(now, 'UTC'), -retentionDays)
  await deleteDeadLettersBefore(database.db, startOfDay(firstDay, 'UTC'))
  return dropTracePartitionsBefore(database.db, firstDay)
}
