import { sql } from 'drizzle-orm'
import { addDays, type CalendarDate } from '../../domain/period.ts'
import { type Db, selectRows } from '../client.ts'

/** Creators and droppers of partitions take turns on this lock. */
const PARTITION_LOCK = 7_364_293

const partitionName = (day: CalendarDate) => `spans_${day.replaceAll('-', '')}`

/**
 * Makes the partition of spans received on `day` (UTC), and the next day's, so that midnight finds it ready: making one
 * takes a short lock on all of them. Any number of processes may call it at once.
 */
export async function ensureSpanPartition(db: Db, day: CalendarDate): Promise<void> {
  const days = [day, addDays(day, 1)]
  if ((await missingPartitions(db, days)).length === 0) return
  await db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${PARTITION_LOCK})`)
    for (const absent of await missingPartitions(tx, days)) {
      await tx.execute(
        sql.raw(
          `create table "${partitionName(absent)}" partition of spans for values from ('${absent}') to ('${addDays(absent, 1)}')`,
        ),
      )
    }
  })
}

async function missingPartitions(db: Db, days: CalendarDate[]): Promise<CalendarDate[]> {
  const [found] = await selectRows<Record<string, boolean>>(
    db,
    sql`select ${sql.join(
      days.map(
        (day, index) => sql`to_regclass(${partitionName(day)}) is not null as ${sql.identifier(`found${index}`)}`,
      ),
      sql`, `,
    )}`,
  )
  return days.filter((_day, index) => !found?.[`found${index}`])
}

/** Retention: drops the raw spans received before `day` (UTC). Facts stay. Returns the days dropped. */
export async function dropSpanPartitionsBefore(db: Db, day: CalendarDate): Promise<CalendarDate[]> {
  const rows = await selectRows<{ name: string }>(
    db,
    sql`select child.relname as name from pg_inherits
        join pg_class child on child.oid = inhrelid
        where inhparent = 'spans'::regclass and child.relname ~ '^spans_[0-9]{8}$' and child.relname < ${partitionName(day)}
        order by 1`,
  )
  for (const { name } of rows) {
    await db.transaction(async (tx) => {
      await tx.execute(sql`select pg_advisory_xact_lock(${PARTITION_LOCK})`)
      await tx.execute(sql`drop table if exists ${sql.identifier(name)}`)
    })
  }
  return rows.map(({ name }) => name.replace(/^spans_(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3'))
}
