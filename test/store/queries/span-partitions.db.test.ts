import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { selectRows } from '../../../src/store/client.ts'
import { dropSpanPartitionsBefore, ensureSpanPartition } from '../../../src/store/queries/ensure-span-partition.ts'
import { describeWithDatabase } from '../../support/database.ts'

describeWithDatabase('partitions of spans', (database) => {
  const partitions = async () =>
    (
      await selectRows<{ name: string }>(
        database().db,
        sql`select relname as name from pg_inherits join pg_class on pg_class.oid = inhrelid
            where inhparent = 'spans'::regclass order by 1`,
      )
    ).map((row) => row.name)

  it('are made for a day and the next, by any number of callers at once, and dropped by age', async () => {
    const { db } = database()
    await Promise.all(Array.from({ length: 8 }, () => ensureSpanPartition(db, '2026-02-28')))
    expect(await partitions()).toEqual(['spans_20260228', 'spans_20260301'])
    await ensureSpanPartition(db, '2026-03-01')
    expect(await partitions()).toEqual(['spans_20260228', 'spans_20260301', 'spans_20260302'])
    expect(await dropSpanPartitionsBefore(db, '2026-03-02')).toEqual(['2026-02-28', '2026-03-01'])
    expect(await partitions()).toEqual(['spans_20260302'])
    await ensureSpanPartition(db, '2026-02-28')
    expect(await partitions()).toHaveLength(3)
  })
})
