import { sql } from 'drizzle-orm'
import { PgTransaction } from 'drizzle-orm/pg-core'
import { addDays, type CalendarDate } from '../../domain/period.ts'
import { type Db, selectRows } from '../client.ts'

/** Creators and droppers of partitions take turns on this lock. */
const PARTITION_LOCK = 7_364_293

const partitionName = (day: CalendarDate) => `trace_parts_${day.replaceAll('-', '')}`

/** Days that a database is known to be ready for. A transaction may be rolled back, so nothing is noted from one. */
const readyDays = new WeakMap<Db, Set<CalendarDate>>()

/**
 * Makes the partition of spans received on `day` (UTC), and the next day's, so that midnight finds it ready: making one
 * takes a short lock on all of them. Any number of processes may call it at once.
 */
export async function ensureTracePartition(db: Db, day: CalendarDate): Promise<void> {
  if (readyDays.get(db)?.has(day)) return
  const days = [day, addDays(day, 1)]
  if ((await missingPartitions(db, days)).length > 0) {
    await db.transaction(async (tx) => {
      await tx.execute(sql`select pg_advisory_xact_lock(${PARTITION_LOCK})`)
      for (const absent of await missingPartitions(tx, days)) {
        await tx.execute(
          sql.raw(
            `create table "${partitionName(absent)}" partition of trace_parts for values from ('${absent}') to ('${addDays(absent, 1)}')`,
          ),
        )
      }
    })
  }
  if (!(db instanceof PgTransaction)) readyDays.set(db, (readyDays.get(db) ?? new Set()).add(day))
}

/** From the table itself: `to_regclass` answers from a cache that may not have heard of another session's commit. */
async function missingPartitions(db: Db, days: CalendarDate[]): Promise<CalendarDate[]> {
  const rows = await selectRows<{ name: string }>(
    db,
    sql`select relname as name from pg_class
        where relnamespace = current_schema()::regnamespace and relname in ${days.map(partitionName)}`,
  )
  const found = new Set(rows.map((row) => row.name))
  return days.filter((day) => !found.has(partitionName(day)))
}

/** Retention: drops the raw spans received before `day` (UTC). Facts stay. Returns the days dropped. */
export async function dropTracePartitionsBefore(db: Db, day: CalendarDate): Promise<CalendarDate[]> {
  const rows = await selectRows<{ name: string }>(
    db,
    sql`select child.relname as name from pg_inherits
        join pg_class child on child.oid = inhrelid
        where inhparent = 'trace_parts'::regclass and child.relname ~ '^trace_parts_[0-9]{8}$' and child.relname < ${partitionName(day)}
        order by 1`,
  )
  readyDays.delete(db)
  for (const { name } of rows) {
    await db.transaction(async (tx) => {
      await tx.execute(sql`select pg_advisory_xact_lock(${PARTITION_LOCK})`)
      await tx.execute(sql`drop table if exists ${sql.identifier(name)}`)
    })
  }
  return rows.map(({ name }) => name.replace(/^trace_parts_(\d{4})(\d\d)(\d\d)$/, '$1-$2-$3'))
}
