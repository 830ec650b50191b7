import { redactText } from '../ingest/redact-text.ts'
import type { Db } from '../store/client.ts'
import { insertMemoryUse } from '../store/queries/memory-uses.ts'

export interface RecordUse {
  db: Db
  clock: () => Date
  reportError(error: unknown): void
}

/**
 * Notes on the caller's trace what it asked memory and what came back. A note that cannot be written is reported, and the
 * agent gets its answer all the same.
 */
export async function recordUse(
  { db, clock, reportError }: RecordUse,
  use: { traceId: string | null; tool: string; asked: object; entries: string[] },
): Promise<void> {
  const { traceId, tool, entries } = use
  if (traceId === null) return
  try {
    const asked = JSON.parse(redactText(JSON.stringify(use.asked)).replaceAll('\\u0000', ' ')) as Record<
      string,
      unknown
    >
    await insertMemoryUse(db, { traceId, tool, asked, entries, usedAt: clock() })
  } catch (error) {
    reportError(error)
  }
}
