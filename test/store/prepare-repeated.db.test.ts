import { sql } from 'drizzle-orm'
import { describe, expect, it } from 'vitest'
import { type Db, openPostgres, selectRows } from '../../src/store/client.ts'

const { TEST_DATABASE_URL } = process.env

/** What the connection of a transaction has prepared, of the statements of this test. */
async function prepared(tx: Db): Promise<string[]> {
  const rows = await selectRows<{ statement: string }>(
    tx,
    sql`select statement from pg_prepared_statements where statement like '%::int4 + 1 as sum%' order by prepare_time`,
  )
  return rows.map(({ statement }) => statement)
}

const addOne = (db: Db, to: number) => selectRows<{ sum: number }>(db, sql`select ${to}::int4 + 1 as sum`)

describe.runIf(TEST_DATABASE_URL)('statements on Postgres', () => {
  it('are prepared once they come again, in transactions and points within them', async () => {
    const { db, close } = await openPostgres(TEST_DATABASE_URL!, { connections: 1 })
    await db.transaction(async (tx) => {
      expect(await addOne(tx, 1)).toEqual([{ sum: 2 }])
      expect(await prepared(tx)).toEqual([])
      await tx.transaction(async (point) => {
        expect(await addOne(point, 2)).toEqual([{ sum: 3 }])
        expect(await addOne(point, 3)).toEqual([{ sum: 4 }])
      })
      expect(await prepared(tx)).toHaveLength(1)
    })
    expect(await addOne(db, 4)).toEqual([{ sum: 5 }])
    await close()
  })

  it('are never prepared where the address says so', async () => {
    const url = new URL(TEST_DATABASE_URL!)
    url.searchParams.set('prepare', 'false')
    const { db, close } = await openPostgres(url.toString(), { connections: 1 })
    for (const to of [1, 2, 3]) expect(await addOne(db, to)).toEqual([{ sum: to + 1 }])
    expect(await prepared(db)).toEqual([])
    await close()
  })
})
