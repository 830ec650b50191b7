import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { selectRows } from '../../src/store/client.ts'
import { analyzeGrownTables } from '../../src/store/queries/analyze-grown-tables.ts'
import { describeWithDatabase } from '../support/database.ts'

describeWithDatabase('analyzeGrownTables', (database) => {
  const rowsKnown = async () => {
    const [table] = await selectRows<{ rows: number }>(
      database().db,
      sql`select reltuples::float8 as rows from pg_class
          where relname = 'outcomes' and relnamespace = current_schema()::regnamespace`,
    )
    return table!.rows
  }
  const addOutcomes = (from: number, to: number) =>
    database().db.execute(sql`insert into outcomes (workflow, id, work_item_id, status, occurred_at, recorded_at)
      select 'claims', n::text, 'claim-' || n, 'resolved', now(), now() from generate_series(${from}::int, ${to}::int) as n`)

  it('tells the database what a table holds once it has grown by a third, and not for less', async () => {
    await addOutcomes(1, 5000)
    await analyzeGrownTables(database().db)
    expect(await rowsKnown()).toBe(5000)
    await addOutcomes(5001, 5200)
    await analyzeGrownTables(database().db)
    expect(await rowsKnown()).toBe(5000)
    await addOutcomes(5201, 9000)
    await analyzeGrownTables(database().db)
    expect(await rowsKnown()).toBe(9000)
  })
})
