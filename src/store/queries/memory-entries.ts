import { inArray, sql } from 'drizzle-orm'
import type { MemoryEntry } from '../../domain/memory-entry.ts'
import { type Db, selectRows } from '../client.ts'
import { memoryEntries } from '../schema/memory.ts'

/** Entry versions by number. */
export async function loadMemoryEntries(db: Db, numbers: number[]): Promise<Map<number, MemoryEntry>> {
  if (numbers.length === 0) return new Map()
  const rows = await db.select().from(memoryEntries).where(inArray(memoryEntries.number, numbers))
  return new Map(
    rows.map(({ number, length: _length, latestAt: _latest, knownUntil: _until, contentHash: _hash, ...entry }) => [
      number,
      entry,
    ]),
  )
}

/** Which of the words have one of the stems. */
export async function listWordsWithStem(db: Db, words: string[], stems: string[]): Promise<Set<string>> {
  if (words.length === 0 || stems.length === 0) return new Set()
  const rows = await selectRows<{ word: string }>(
    db,
    sql`select word from json_array_elements_text(${JSON.stringify(words)}::json) as word
      where ts_lexize('english_stem', word) && array(select json_array_elements_text(${JSON.stringify(stems)}::json))`,
  )
  return new Set(rows.map((row) => row.word))
}
