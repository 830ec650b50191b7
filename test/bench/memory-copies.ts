import { sql } from 'drizzle-orm'
import { type Database, selectRows } from '../../src/store/client.ts'
import { conditionsOf, type MemoryFilter } from '../../src/store/queries/memory-filter.ts'

/**
 * Makes `copies` times as many entries of the `made` that are there, as versions of entries of their own with all their
 * postings, each copy a day after the one before it. The vocabulary stays as it is and every word becomes as much
 * commoner; sources are not copied. Not what the product does: it would take hours to index a million entries for a bench.
 */
export async function copyMemory({ db }: Database, made: number, copies: number): Promise<void> {
  const [{ last } = { last: 0 }] = await selectRows<{ last: number }>(
    db,
    sql`select max(number)::float8 as last from memory_entries`,
  )
  for (let copy = 1; copy < copies; copy++) {
    const step = sql`${copy * last}::int`
    const days = sql`${copy}::int`
    await db.transaction(async (tx) => {
      await tx.execute(sql`insert into memory_entries overriding system value
        select (jsonb_populate_record(entry, jsonb_build_object('number', number + ${step}, 'id', id || '#' || ${days}::text,
          'occurred_at', occurred_at + ${days} * interval '1 day', 'latest_at', latest_at + ${days} * interval '1 day',
          'recorded_at', recorded_at + ${days} * interval '1 day'))).*
        from memory_entries entry where number <= ${last}::int`)
      await tx.execute(sql`insert into memory_postings
        select word, entry + ${step}, impact, day + ${days}, facets, segment
        from memory_postings where entry <= ${last}::int order by word, impact, entry`)
    })
  }
  await db.execute(sql`update memory_terms set entries = entries * ${copies}::int`)
  await db.execute(sql`update memory_totals set entries = entries * ${copies}::int, words = words * ${copies}::int`)
  await db.execute(
    sql`select setval(pg_get_serial_sequence('memory_entries', 'number'), (select max(number) from memory_entries))`,
  )
  await db.execute('vacuum analyze')
  const entries = await db.$count(sql`memory_entries`)
  if (entries !== made * copies) throw new Error(`${entries} entries, ${made * copies} were expected`)
}

/** The nearest entries that pass the filter, by comparing every vector. */
export async function listNearestExactly(
  { db }: Database,
  model: { model: string },
  vector: number[],
  filter: MemoryFilter,
  limit: number,
): Promise<number[]> {
  const rows = await selectRows<{ entry: number }>(
    db,
    sql`select embedded.entry::float8 as entry
      from memory_embeddings embedded join memory_entries entry on entry.number = embedded.entry
      where embedded.model = ${model.model} and ${conditionsOf(filter)}
      order by (embedded.embedding <=> ${`[${vector.join(',')}]`}::vector) + 0, entry limit ${limit}`,
  )
  return rows.map((row) => row.entry)
}
