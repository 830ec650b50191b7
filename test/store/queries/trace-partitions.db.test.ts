import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { selectRows } from '../../../src/store/client.ts'
import { dropTracePartitionsBefore, ensureTracePartition } from '../../../src/store/queries/ensure-trace-partition.ts'
import { describeWithDatabase } from '../../support/database.ts'

describeWithDatabase('partitions of raw traces', (database) => {
  const partitions = async () =>
    (
      await selectRows<{ name: string }>(
        database().db,
        sql`select relname as name from pg_inherits join pg_class on pg_class.oid = inhrelid
            where inhparent = 'trace_parts'::regclass order by 1`,
      )
    ).map((row) => row.name)

  it('are made for a day and the next, by any number of callers at once, and dropped by age', async () => {
    const { db } = database()
    await Promise.all(Array.from({ length: 8 }, () => ensureTracePartition(db, '2026-02-28')))
    expect(await partitions()).toEqual(['trace_parts_20260228', 'trace_parts_20260301'])
    await ensureTracePartition(db, '2026-03-01')
    expect(await partitions()).toEqual(['trace_parts_20260228', 'trace_parts_20260301', 'trace_parts_20260302'])
    expect(await dropTracePartitionsBefore(db, '2026-03-02')).toEqual(['2026-02-28', '2026-03-01'])
    expect(await partitions()).toEqual(['trace_parts_20260302'])
    await ensureTracePartition(db, '2026-02-28')
    expect(await partitions()).toHaveLength(3)
  })
})
