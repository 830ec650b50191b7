import { and, inArray, isNull, sql } from 'drizzle-orm'
import { contentHash } from '../../domain/audit-chain.ts'
import { canonicalJson } from '../../domain/canonical-json.ts'
import type { MemoryEntry } from '../../domain/memory-entry.ts'
import { type Db, selectRows } from '../client.ts'
import { memoryEntries } from '../schema/memory.ts'
import { EXACT_WORD, toIdentifierTerm, toSearchWords } from './search-words.ts'

/** An entry as made from its sources, before it is stored. */
export interface EntryDraft extends MemoryEntry {
  /** The last event that the text tells of. */
  latestAt: Date
  /** What the entry is found by exactly: ids of the item, the trace, the rule, the documents. */
  identifiers: string[]
}

/** Writers of the index take turns, so that the counts of its vocabulary are exact and never deadlock. */
export const INDEX_LOCK = 7_364_293

/**
 * Stores what is new: an entry that says the same as its current version is left alone, one that says something else
 * becomes the next version. Call it in a transaction. Returns the numbers of the versions written.
 */
export async function saveMemoryEntries(tx: Db, drafts: EntryDraft[]): Promise<number[]> {
  if (drafts.length === 0) return []
  await tx.execute(sql`select pg_advisory_xact_lock(${INDEX_LOCK})`)
  const byId = new Map(drafts.map((draft) => [draft.id, { draft, hash: hashOf(draft) }]))
  const current = await tx
    .select({ number: memoryEntries.number, id: memoryEntries.id, hash: memoryEntries.contentHash })
    .from(memoryEntries)
    .where(and(inArray(memoryEntries.id, [...byId.keys()]), isNull(memoryEntries.knownUntil)))
  const outdated: { number: number; until: Date }[] = []
  for (const { number, id, hash } of current) {
    const made = byId.get(id)!
    if (made.hash === hash) byId.delete(id)
    else outdated.push({ number, until: made.draft.recordedAt })
  }
  await closeVersions(tx, outdated)
  const written = [...byId.values()]
  if (written.length === 0) return []
  const rows = await tx
    .insert(memoryEntries)
    .values(written.map(({ draft, hash }) => toRow(draft, hash)))
    .returning({ number: memoryEntries.number, id: memoryEntries.id })
  await indexWords(
    tx,
    rows.map(({ number, id }) => ({ number, draft: byId.get(id)!.draft })),
  )
  return rows.map((row) => row.number)
}

function hashOf({ recordedAt: _recorded, ...said }: EntryDraft): string {
  return contentHash(said)
}

function toRow(draft: EntryDraft, hash: string): typeof memoryEntries.$inferInsert {
  const { identifiers: _identifiers, ...entry } = draft
  const words = toSearchWords(`${draft.title} ${draft.title} ${draft.text}`)
  return { ...entry, length: words === '' ? 0 : words.split(' ').length, contentHash: hash }
}

async function closeVersions(tx: Db, versions: { number: number; until: Date }[]): Promise<void> {
  if (versions.length === 0) return
  await tx.execute(sql`update memory_entries entry
    set known_until = greatest(entry.recorded_at, closed.until::timestamptz)
    from json_to_recordset(${canonicalJson(versions)}::json) as closed(number int, until text)
    where entry.number = closed.number`)
}

/** Postings, vocabulary and totals of new versions. A title counts twice. */
async function indexWords(tx: Db, versions: { number: number; draft: EntryDraft }[]): Promise<void> {
  const documents = versions.map(({ number, draft }) => ({
    number,
    words: toSearchWords(`${draft.title} ${draft.title} ${draft.text}`),
    identifiers: [...new Set(draft.identifiers.filter((id) => id.trim() !== '').map(toIdentifierTerm))],
  }))
  // One statement: the stems by Postgres's own English, the words whose form differs from every stem, the identifiers.
  await selectRows(
    tx,
    sql`with document as materialized (
        select number, identifiers, to_tsvector('english', words) as stems, to_tsvector('simple', words) as words
        from json_to_recordset(${JSON.stringify(documents)}::json) as d(number int, words text, identifiers json)
      ), stem as materialized (
        select number, lexeme as term, cardinality(positions) as frequency from document, unnest(stems)
      ), word as materialized (
        select number, ${EXACT_WORD} || lexeme as term, cardinality(positions) as frequency
        from document, unnest(words) where ts_lexize('english_stem', lexeme) <> '{}'
          and not tsvector_to_array(stems) @> array[lexeme]
      ), posting as materialized (
        select term, number, frequency from stem union all select term, number, frequency from word
        union all select value, number, 1 from document, json_array_elements_text(identifiers)
      ), size as materialized (
        select number, least(coalesce(sum(frequency), 0), 32767) as length
        from document left join stem using (number) group by number
      ), posted as (
        insert into memory_postings (term, entry, frequency, length)
        select term, number, least(frequency, 32767), length from posting join size using (number) order by term, number
      ), counted as (
        insert into memory_totals (name, entries, words) select 'index', count(*), sum(length) from size
        on conflict (name) do update set
          entries = memory_totals.entries + excluded.entries, words = memory_totals.words + excluded.words
      )
      insert into memory_terms (term, entries, trigrams)
      select term, count(*), case when term ~ '^[='']' or exists (select 1 from memory_terms known where known.term = posting.term)
        then '{}' else array(select distinct substr('  ' || term || ' ', start, 3) from generate_series(1, length(term) + 1) start) end
      from posting group by term order by term
      on conflict (term) do update set entries = memory_terms.entries + excluded.entries`,
  )
}
