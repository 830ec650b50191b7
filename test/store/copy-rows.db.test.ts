import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { selectRows } from '../../src/store/client.ts'
import { copyRows } from '../../src/store/copy-rows.ts'
import { describeWithDatabase } from '../support/database.ts'

const textOf = (bytes: Uint8Array | null | undefined) => bytes && Buffer.from(bytes).toString('utf8')

describeWithDatabase('rows copied from the database', (database) => {
  it('hold the bytes of each column, in order', async () => {
    const rows = await copyRows(
      database().db,
      `select name, bytes from (values (1, 'é', '\\x00ff'::bytea), (2, '', null)) as given (place, name, bytes) order by place`,
    )
    expect(rows.map(([name, bytes]) => [textOf(name), bytes && [...bytes]])).toEqual([
      ['é', [0, 255]],
      ['', null],
    ])
  })

  it('are none where the query has none', async () => {
    expect(await copyRows(database().db, `select 'a'::text where false`)).toEqual([])
  })

  it('are whole where they are many, and large, and leave the transaction as it was', async () => {
    await database().db.transaction(async (tx) => {
      for (const [length, count] of [
        [10, 50_000],
        [2_000_000, 4],
      ] as const) {
        const rows = await copyRows(tx, `select repeat('x', ${length}) from generate_series(1, ${count})`)
        expect(rows.map(([bytes]) => bytes!.length)).toEqual(new Array(count).fill(length))
        expect(await selectRows(tx, sql`select 1 as one`)).toEqual([{ one: 1 }])
      }
    })
  })

  it('fail as a whole where the query fails on the way, and the next question is answered', async () => {
    const { db } = database()
    await expect(copyRows(db, 'select (1 / (n - 50000))::text from generate_series(1, 100000) as n')).rejects.toThrow(
      'zero',
    )
    await expect(copyRows(db, 'select nothing from nowhere')).rejects.toThrow('nowhere')
    expect(await copyRows(db, `select 'a'::text`)).toHaveLength(1)
  })
})
