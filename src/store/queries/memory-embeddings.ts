import { createHash } from 'node:crypto'
import { sql } from 'drizzle-orm'
import { Problem } from '../../domain/problem.ts'
import { type Db, selectRows } from '../client.ts'
import { conditionsOf, type MemoryFilter } from './memory-filter.ts'

/**
 * Candidates that a search of an index holds at once (pgvector's own default is 40). Of the nearest ten, among 6,000 entries and
 * without a filter, it found .8 with 40 and with 200, and all with 400.
 */
const EXAMINED = 400

/** What the store needs to know of an embedding model. */
export interface EmbeddingModel {
  model: string
  dimensions: number
}

/** Widest vector that an index takes as `vector`; up to 4,000 it takes it in half precision. */
const WIDEST_FULL_PRECISION = 2000

/** Current entries that have no vector of the model yet, after a number, oldest first: what a new model is filled in from. */
export async function listEntriesWithoutEmbedding(
  db: Db,
  model: string,
  after: number,
  limit: number,
): Promise<{ number: number; text: string }[]> {
  return selectRows(
    db,
    sql`select number::float8 as number, title || ' ' || text as text from memory_entries entry
      where number > ${after} and known_until is null and not exists (
        select 1 from memory_embeddings known where known.model = ${model} and known.entry = entry.number)
      order by number limit ${limit}`,
  )
}

export async function saveEmbeddings(
  db: Db,
  model: string,
  embeddings: readonly { entry: number; vector: number[] }[],
): Promise<void> {
  const rows = embeddings.map(({ entry, vector }) => ({ entry, vector: textOf(vector) }))
  await db.execute(sql`insert into memory_embeddings (model, entry, embedding)
    select ${model}, entry, vector::vector from json_to_recordset(${JSON.stringify(rows)}::json) as r(entry int, vector text)
    on conflict (model, entry) do nothing`)
}

/** Cosine likeness, -1 to 1, of a vector to the given entries; entries without a vector are left out. */
export async function likenessOfEntries(
  db: Db,
  model: string,
  vector: number[],
  entries: number[],
): Promise<Map<number, number>> {
  const rows = await selectRows<{ entry: number; likeness: number }>(
    db,
    sql`select entry::float8 as entry, (1 - (embedding <=> ${textOf(vector)}::vector))::float8 as likeness
      from memory_embeddings where model = ${model}
        and entry in (select value::int from json_array_elements_text(${JSON.stringify(entries)}::json))`,
  )
  return new Map(rows.map((row) => [row.entry, row.likeness]))
}

/**
 * The entries nearest to a vector that pass the filter, by the model's index. The index goes on searching until enough
 * pass (iterative scan, pgvector 0.8), else a narrow filter would leave almost none; without it few may be found.
 */
export async function listNearestEntries(
  db: Db,
  { model, dimensions }: EmbeddingModel,
  vector: number[],
  filter: MemoryFilter,
  limit: number,
): Promise<Map<number, number>> {
  return db.transaction(async (tx) => {
    if (await hasIterativeScan(tx)) await tx.execute(sql`set local hnsw.iterative_scan = relaxed_order`)
    await tx.execute(sql`set local hnsw.ef_search = ${sql.raw(String(EXAMINED))}`)
    const type = sql.raw(columnType(dimensions))
    const rows = await selectRows<{ entry: number; likeness: number }>(
      tx,
      sql`select nearest.entry::float8 as entry, (1 - distance)::float8 as likeness from (
          select embedded.entry, embedded.embedding::${type} <=> ${textOf(vector)}::${type} as distance
          from memory_embeddings embedded join memory_entries entry on entry.number = embedded.entry
          where embedded.model = ${sql.raw(literal(model))} and ${conditionsOf(filter)}
          order by embedded.embedding::${type} <=> ${textOf(vector)}::${type} limit ${limit}
        ) nearest order by distance, entry`,
    )
    return new Map(rows.map((row) => [row.entry, row.likeness]))
  })
}

/** Any number that nobody else locks. */
const EMBEDDING_INDEX_LOCK = 7_364_295

/** Makes the model's index where it is missing. Its name stands for the model's, since each model has one of its own width. */
export async function ensureEmbeddingIndex(db: Db, { model, dimensions }: EmbeddingModel): Promise<void> {
  const operators = dimensions <= WIDEST_FULL_PRECISION ? 'vector_cosine_ops' : 'halfvec_cosine_ops'
  const name = `memory_embeddings_${createHash('sha256').update(model).digest('hex').slice(0, 32)}`
  // Asking to make it would lock writers out each time, and fail where two processes do at once.
  const isThere = async (on: Db) =>
    (
      await selectRows(
        on,
        sql`select from pg_class where relname = ${name} and relnamespace = current_schema()::regnamespace`,
      )
    ).length > 0
  if (await isThere(db)) return
  await db.transaction(async (tx) => {
    await tx.execute(sql`select pg_advisory_xact_lock(${EMBEDDING_INDEX_LOCK})`)
    if (await isThere(tx)) return
    await tx.execute(
      sql.raw(`create index "${name}" on memory_embeddings
        using hnsw ((embedding::${columnType(dimensions)}) ${operators}) where model = ${literal(model)}`),
    )
  })
}

async function hasIterativeScan(tx: Db): Promise<boolean> {
  const [row] = await selectRows<{ known: boolean }>(
    tx,
    sql`select string_to_array(extversion, '.')::int[] >= array[0, 8] as known from pg_extension where extname = 'vector'`,
  )
  return row?.known ?? false
}

const columnType = (dimensions: number) =>
  `${dimensions <= WIDEST_FULL_PRECISION ? 'vector' : 'halfvec'}(${Math.trunc(dimensions)})`

/** The index is partial, so the planner must see the model's name as a constant: only harmless names pass. */
function literal(model: string): string {
  if (!/^[\w.:/@+-]{1,200}$/.test(model)) {
    throw new Problem('bad_model_name', `"${model}" cannot be the name of an embedding model.`, {
      nextStep: 'Use letters, digits and . : / @ + - _ in EMBEDDING_MODEL.',
    })
  }
  return `'${model}'`
}

const textOf = (vector: number[]) => `[${vector.join(',')}]`
