import type { Db } from '../store/client.ts'
import { isTransientError } from '../store/is-transient-error.ts'
import type { PreparedSpan } from '../store/queries/trace-part.ts'
import { fullestCopies } from './prepare-spans.ts'
import { writeSpans } from './write-spans.ts'

/** Commits spans received at `now`; resolved once they are committed. */
export type WriteRows = (rows: readonly PreparedSpan[], now: Date) => Promise<void>

/** A statement's worth: more would make everyone wait for the last of them. */
const SPANS_A_GROUP = 2000

interface Waiting {
  rows: readonly PreparedSpan[]
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
export function createGroupWriter(db: Db): WriteRows {
  const waiting: Waiting[] = []
  let isWriting = false
  const writeAll = async () => {
    isWriting = true
    for (let group = takeGroup(waiting); group.length > 0; group = takeGroup(waiting)) await writeGroup(db, group)
    isWriting = false
  }
  return (rows, now) =>
    new Promise((resolve, reject) => {
      waiting.push({ rows, now, resolve, reject })
      if (!isWriting) void writeAll()
    })
}

/** The longest waiting, up to the limit, and always one. */
function takeGroup(waiting: Waiting[]): Waiting[] {
  let spans = 0
  let calls = 0
  while (calls < waiting.length && (calls === 0 || spans + waiting[calls]!.rows.length <= SPANS_A_GROUP)) {
    spans += waiting[calls]!.rows.length
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
  const rows = group.flatMap((call) => call.rows)
  // None is recorded before it was received, nor after it is acknowledged.
  const now = new Date(Math.max(...group.map((call) => call.now.getTime())))
  await writeSpans(db, { spans: fullestCopies(rows), outcomes: [], workflows: [] }, now)
}
