import { and, inArray, isNull, sql } from 'drizzle-orm'
import { contentHash } from '../../domain/audit-chain.ts'
import { canonicalJson } from '../../domain/canonical-json.ts'
import type { MemoryEntry } from '../../domain/memory-entry.ts'
import type { Db } from '../client.ts'
import { memoryEntries } from '../schema/memory.ts'
import { countWords, insertPostings } from './index-words.ts'

/** An entry as made from its sources, before it is stored. */
export interface EntryDraft extends MemoryEntry {
  /** The last event that the text tells of. */
  latestAt: Date
  /** What the entry is found by exactly: ids of the item, the trace, the rule, the documents. */
  identifiers: string[]
  /** The words it is found by, where its text says more: what every entry of its kind says would only blur them. */
  searchText?: string
}

/** Writers of the index take turns, so that the counts of its vocabulary are exact and never deadlock. */
export const INDEX_LOCK = 7_364_294
/** A statement takes at most 65,535 parameters. */
const ROWS_A_STATEMENT = 1000

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
  // A title counts twice.
  const counts = await countWords(
    tx,
    written.map(({ draft: { title, text, searchText, identifiers } }) => ({
      text: `${title} ${title} ${searchText ?? text}`,
      identifiers,
    })),
  )
  const numbers: number[] = []
  for (let start = 0; start < written.length; start += ROWS_A_STATEMENT) {
    const rows = await tx
      .insert(memoryEntries)
      .values(
        written
          .slice(start, start + ROWS_A_STATEMENT)
          .map(({ draft: { identifiers: _, searchText: _text, ...entry }, hash }, index) => ({
            ...entry,
            ...counts[start + index]!,
            contentHash: hash,
          })),
      )
      .returning({ number: memoryEntries.number })
    numbers.push(...rows.map((row) => row.number))
  }
  await insertPostings(tx, numbers)
  return numbers
}

function hashOf({ recordedAt: _recorded, ...said }: EntryDraft): string {
  return contentHash(said)
}

async function closeVersions(tx: Db, versions: { number: number; until: Date }[]): Promise<void> {
  if (versions.length === 0) return
  await tx.execute(sql`update memory_entries entry
    set known_until = greatest(entry.recorded_at, closed.until::timestamptz)
    from json_to_recordset(${canonicalJson(versions)}::json) as closed(number int, until text)
    where entry.number = closed.number`)
}
