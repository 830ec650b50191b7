import type { Database } from '../client.ts'

/**
 * Gathers statistics of the memory's tables and notes which of their pages hold no dead rows: without the first small
 * searches read whole tables, without the second the postings cannot be read from their index alone. The embedded
 * database never does it by itself, a server only after a while. Not within a transaction.
 */
export async function vacuumMemory({ db }: Database): Promise<void> {
  await db.execute('vacuum (analyze) memory_entries, memory_postings, memory_terms')
}
