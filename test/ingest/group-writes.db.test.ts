import { expect, it } from 'vitest'
import { createGroupWriter } from '../../src/ingest/group-writes.ts'
import { prepareSpan } from '../../src/ingest/prepare-spans.ts'
import type { Db } from '../../src/store/client.ts'
import { type TracePart, writeTraceParts } from '../../src/store/queries/trace-part.ts'
import { changedTraces } from '../../src/store/schema/spans.ts'
import { buildSpan } from '../support/build-span.ts'
import { describeWithDatabase } from '../support/database.ts'
import { storedSpans } from '../support/stored-spans.ts'

const now = new Date('2026-11-20T12:00:00Z')

const partsOf = (call: number, names = ['a', 'b']): TracePart[] =>
  writeTraceParts(
    names.map((name) => {
      const span = buildSpan({ traceId: `trace-${call}`, spanId: `${call}-${name}`, name })
      return prepareSpan({ ...span, input: null, output: null })
    }),
  )

const namesOf = (parts: readonly TracePart[]) =>
  parts.flatMap((part) => part.copies).map(({ traceId, spanId }) => `${traceId}/${spanId}`)

/** The database refuses it: no text may hold NUL. */
const refused = (call: number): TracePart[] => partsOf(call).map((part) => ({ ...part, traceId: '\0' }))

/** Counts transactions, and can lose the connection. */
function watch(db: Db) {
  const seen = { transactions: 0, isLost: false }
  const watched = new Proxy(db, {
    get(target, name) {
      if (name !== 'transaction') return Reflect.get(target, name) as unknown
      return async (work: Parameters<Db['transaction']>[0]) => {
        seen.transactions += 1
        if (seen.isLost) throw Object.assign(new Error('connection terminated'), { code: '08006' })
        return target.transaction(work)
      }
    },
  })
  return { watched, seen }
}

describeWithDatabase('many calls at once', (database) => {
  const stored = async () => (await storedSpans(database().db)).map((row) => `${row.traceId}/${row.spanId}`).sort()

  it('are committed together, each span once, however often it is sent', async () => {
    const { watched, seen } = watch(database().db)
    const write = createGroupWriter(watched)
    const calls = Array.from({ length: 40 }, (_, call) => partsOf(call % 20))
    await Promise.all(calls.map((parts) => write(parts, now)))
    expect(await stored()).toEqual([...new Set(namesOf(calls.flat()))].sort())
    expect(await database().db.select().from(changedTraces)).toHaveLength(20)
    // The first goes alone, the others while it is written; a unique violation costs one more look.
    expect(seen.transactions).toBeLessThan(6)
  })

  it('are committed by two processes at once, each span once', async () => {
    const processes = [createGroupWriter(database().db), createGroupWriter(database().db)]
    // Each pair of calls says the same spans the other way round, so that the two meet in the middle.
    const calls = Array.from({ length: 40 }, (_, call) =>
      partsOf(call >> 1, call % 2 ? ['a', 'b', 'c'] : ['c', 'b', 'a']),
    )
    await Promise.all(calls.map((parts, call) => processes[call % 2]!(parts, now)))
    expect(await stored()).toEqual([...new Set(namesOf(calls.flat()))].sort())
    expect(await database().db.select().from(changedTraces)).toHaveLength(20)
  })

  it('are refused each for itself: what the database takes is kept', async () => {
    const write = createGroupWriter(database().db)
    const results = await Promise.allSettled(
      [0, 1, 2, 3].map((call) => write(call === 2 ? refused(2) : partsOf(call), now)),
    )
    expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled'])
    expect(await stored()).toHaveLength(6)
    await write(partsOf(9), now)
    expect(await stored()).toHaveLength(8)
  })

  it('are all told when the database is gone, and written again when it is back', async () => {
    const { watched, seen } = watch(database().db)
    const write = createGroupWriter(watched)
    seen.isLost = true
    const lost = await Promise.allSettled([0, 1, 2].map((call) => write(partsOf(call), now)))
    expect(lost.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
    // One for the first call, one for the other two together: no storm of tries on a database that is gone.
    expect(seen.transactions).toBe(2)
    seen.isLost = false
    await write(partsOf(0), now)
    expect(await stored()).toEqual(['trace-0/0-a', 'trace-0/0-b'])
  })
})
