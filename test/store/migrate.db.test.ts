import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { selectRows } from '../../src/store/client.ts'
import { migrateDatabase } from '../../src/store/migrate.ts'
import { describeWithDatabase } from '../support/database.ts'

describeWithDatabase('migrations', (database) => {
  it('may run again, by several starters at once, and leave the schema as it is', async () => {
    const tables = () =>
      selectRows<{ name: string }>(
        database().db,
        sql`select tablename as name from pg_tables where schemaname = 'public' order by 1`,
      )
    const before = await tables()
    await Promise.all([migrateDatabase(database()), migrateDatabase(database())])
    expect(await tables()).toEqual(before)
    expect(before.map((table) => table.name)).toContain('run_facts')
  })

  it('has pgvector', async () => {
    const rows = await selectRows<{ distance: number }>(
      database().db,
      sql`select ('[1,0]'::vector <=> '[0,1]'::vector)::float8 as distance`,
    )
    expect(rows).toEqual([{ distance: 1 }])
  })
})
