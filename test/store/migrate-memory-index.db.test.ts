import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { indexPending } from '../../src/memory/index-pending.ts'
import { searchMemory } from '../../src/memory/search-memory.ts'
import { type Db, selectRows } from '../../src/store/client.ts'
import { migrateDatabase } from '../../src/store/migrate.ts'
import { describeWithDatabase } from '../support/database.ts'
import { migrateTo, openEmpty } from '../support/empty-database.ts'
import { overrideWith, storeOverrides } from '../support/memory-sources.ts'

const day = (date: number) => new Date(Date.UTC(2026, 10, date, 9))

/** The index of one database as the schema before migration 0003 held it, written into another. */
async function writeAsBefore(from: Db, to: Db): Promise<void> {
  const [index] = await selectRows<Record<'entries' | 'terms' | 'postings' | 'totals', unknown>>(
    from,
    sql`select
      (select json_agg(to_jsonb(e) - 'words' - 'frequencies' order by number) from memory_entries e) as entries,
      (select json_agg(to_jsonb(t) - 'number') from memory_terms t) as terms,
      (select json_agg(json_build_object('term', t.term, 'entry', e.number, 'frequency', p.frequency, 'length', e.length))
        from memory_entries e, unnest(e.words, e.frequencies) as p(word, frequency) join memory_terms t on t.number = p.word)
        as postings,
      (select json_agg(to_jsonb(t)) from memory_totals t) as totals`,
  )
  for (const [name, rows] of Object.entries(index!)) {
    const table = sql.raw(`memory_${name}`)
    await to.execute(sql`insert into ${table} ${sql.raw(name === 'entries' ? 'overriding system value' : '')}
      select * from json_populate_recordset(null::${table}, ${JSON.stringify(rows)}::json)`)
  }
  await to.execute(
    sql`select setval(pg_get_serial_sequence('memory_entries', 'number'), (select max(number) from memory_entries))`,
  )
}

describeWithDatabase('migration 0003', (database) => {
  it('makes the old index the new one: every search finds the same, in the same order', async () => {
    const { db } = database()
    const stored = ['hail rider applies to the roof', 'the flood clause excludes groundwater', 'hail on hail'].flatMap(
      (reason, place) =>
        ['claims', 'tickets'].map((workflow, index) =>
          overrideWith({
            id: `o-${place}-${index}`,
            workflow,
            workItemId: `item-${place}${index}`,
            reason,
            rule: place === 1 ? 'FL-3' : 'HR-12',
            actor: index === 0 ? 'Dana' : 'Kim',
            occurredAt: day(10 + place),
            recordedAt: day(10 + place),
          }),
        ),
    )
    await storeOverrides(db, stored)
    await indexPending(database(), null)

    const old = await openEmpty(database())
    try {
      await migrateTo(old, 3)
      await writeAsBefore(db, old.db)
      await migrateDatabase(old)
      for (const text of ['hail', 'excluding', 'FL-3', 'item-00', 'groundwatre clause', 'hail roof rider flood']) {
        for (const filter of [
          {},
          { workflow: 'tickets' },
          { actor: 'kim' },
          { rule: 'hr-12', from: day(11) },
          { kind: 'run' as const },
        ]) {
          const search = async (on: Db) =>
            (await searchMemory(on, { text, limit: 10, ...filter })).map(({ entry, score }) => [entry.id, score])
          expect(await search(old.db), `${text} ${JSON.stringify(filter)}`).toEqual(await search(db))
        }
      }
      const postings = (on: Db) =>
        selectRows(
          on,
          sql`select term, entry, day, facets, segment from memory_postings join memory_terms on number = word order by 1, 2`,
        )
      expect(await postings(old.db)).toEqual(await postings(db))

      // And it goes on from there.
      await storeOverrides(old.db, [overrideWith({ id: 'later', reason: 'hail through the skylight' })])
      await indexPending(old, null)
      const [hit] = await searchMemory(old.db, { text: 'skylights', limit: 1 })
      expect(hit?.entry.id).toBe('override:claims:later')
    } finally {
      await old.close()
    }
  })
})
