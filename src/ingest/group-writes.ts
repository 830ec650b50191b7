import type { Db } from '../store/client.ts'
import { isTransientError } from '../store/is-transient-error.ts'
import type { TracePart } from '../store/queries/trace-part.ts'
import { writeSpans } from './write-spans.ts'

/** Commits parts of traces received at `now`; resolved once they are committed. */
export type WriteParts = (parts: readonly TracePart[], now: Date) => Promise<void>

/** A statement's worth: more would make everyone wait for the last of them. */
const SPANS_A_GROUP = 2000

interface Waiting {
  parts: readonly TracePart[]
  spans: number
  now: Date
  resolve(): void
  reject(error: unknown): void
}

/**
 * Commits the spans of many calls together: what comes while one transaction is under way goes into the next, so that a
 * crowd of small calls costs as many commits as the database can make, not as many as there are calls. Where the database
 * refuses a group, each call is tried by itself, so that nobody is refused for another's spans.
 *
 * One group is under way at a time: while it is written the next is read, which takes longer. With two, groups are half as
 * large for the same rate, and calls wait longer.
 */
export function createGroupWriter(db: Db): WriteParts {
  const waiting: Waiting[] = []
  let isWriting = false
  const writeAll = async () => {
    isWriting = true
    for (let group = takeGroup(waiting); group.length > 0; group = takeGroup(waiting)) await writeGroup(db, group)
    isWriting = false
  }
  return (parts, now) =>
    new Promise((resolve, reject) => {
      const spans = parts.reduce((sum, part) => sum + part.copies.length, 0)
      waiting.push({ parts, spans, now, resolve, reject })
      if (!isWriting) void writeAll()
    })
}

/** The longest waiting, up to the limit, and always one. */
function takeGroup(waiting: Waiting[]): Waiting[] {
  let spans = 0
  let calls = 0
  while (calls < waiting.length && (calls === 0 || spans + waiting[calls]!.spans <= SPANS_A_GROUP)) {
    spans += waiting[calls]!.spans
    calls += 1
  }
  return waiting.splice(0, calls)
}

/** Never rejects: each of the group learns what became of its own. */
async function writeGroup(db: Db, group: readonly Waiting[]): Promise<void> {
  try {
    await write(db, group)
    for (const { resolve } of group) resolve()
  } catch (error) {
    const [only] = group
    if (only && (group.length === 1 || isTransientError(error))) for (const { reject } of group) reject(error)
    else for (const one of group) await writeGroup(db, [one])
  }
}

async function write(db: Db, group: readonly Waiting[]): Promise<void> {
  const parts = group.flatMap((call) => call.parts)
  // None is recorded before it was received, nor after it is acknowledged.
  const now = new Date(Math.max(...group.map((call) => call.now.getTime())))
  await writeSpans(db, { parts, outcomes: [], workflows: [] }, now)
}
