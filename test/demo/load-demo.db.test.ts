import { sql } from 'drizzle-orm'
import { expect, it } from 'vitest'
import { BATCH_COUNT } from '../../src/demo/generate-batches.ts'
import { loadDemo, readDemoProgress } from '../../src/demo/load-demo.ts'
import { type Database, selectRows } from '../../src/store/client.ts'
import { getOrCreateMarker } from '../../src/store/queries/get-or-create-marker.ts'
import { putMarker } from '../../src/store/queries/put-marker.ts'
import { describeWithDatabase } from '../support/database.ts'
import { storedSpans } from '../support/stored-spans.ts'
import { allBatches, MONDAY } from './collect-story.ts'

const TUESDAY_A_WEEK_LATER = new Date('2026-12-01T09:00:00Z')

describeWithDatabase('loading the demo', (database) => {
  it('goes on after a crash where it stopped, in the same weeks, and adds nothing when it is there', {
    timeout: 300_000,
  }, async () => {
    const { db } = database()
    expect(await readDemoProgress(db)).toBe('none')
    const crash = new Error('killed')
    const stopped = loadDemo(database(), {
      now: MONDAY,
      timeZone: 'UTC',
      onProgress: (done) => {
        if (done === 7) throw crash
      },
    })
    await expect(stopped).rejects.toBe(crash)
    expect(await readDemoProgress(db)).toBe('partial')
    // As if killed after two batches had been committed and before they were marked as done.
    const progress = (await getOrCreateMarker(db, 'demo', {}, MONDAY)) as { batchesDone: number }
    expect(progress.batchesDone).toBe(7)
    await putMarker(db, 'demo', { ...progress, batchesDone: 5 }, MONDAY)

    const seen: [number, number][] = []
    const resumed = await loadDemo(database(), {
      now: TUESDAY_A_WEEK_LATER,
      timeZone: 'Asia/Tokyo',
      onProgress: (done, total) => seen.push([done, total]),
    })
    expect(resumed).toEqual({ loaded: true })
    expect(await readDemoProgress(db)).toBe('complete')
    expect(seen[0]).toEqual([5, BATCH_COUNT])
    expect(seen.at(-1)).toEqual([BATCH_COUNT, BATCH_COUNT])
    expect(await countRows(database())).toEqual(expectedRows())

    expect(await loadDemo(database(), { now: TUESDAY_A_WEEK_LATER, timeZone: 'UTC' })).toEqual({ loaded: false })
    expect(await countRows(database())).toEqual(expectedRows())
  })
})

function expectedRows(): Record<string, number> {
  const bodies = allBatches(MONDAY).batches.map((batch) => batch.bodies)
  const count = (kind: 'traces' | 'outcomes' | 'overrides' | 'changes' | 'operatingMetrics') =>
    bodies.reduce((sum, { [kind]: members }) => sum + members.length, 0)
  return {
    traces: count('traces'),
    steps: bodies.reduce((sum, { traces }) => sum + traces.reduce((steps, trace) => steps + trace.steps!.length, 0), 0),
    outcomes: count('outcomes'),
    overrides: count('overrides'),
    audit_entries: count('overrides'),
    changes: count('changes'),
    metrics: count('operatingMetrics'),
    workflows: 3,
    refused: 0,
  }
}

async function countRows({ db }: Database): Promise<Record<string, number>> {
  const [row] = await selectRows<Record<string, number>>(
    db,
    sql`select (select count(distinct trace_id) from trace_parts)::float8 as traces,
      (select count(*) from outcomes)::float8 as outcomes,
      (select count(*) from overrides)::float8 as overrides,
      (select count(*) from audit_entries where kind = 'override')::float8 as audit_entries,
      (select count(*) from change_events where not inferred)::float8 as changes,
      (select count(*) from operating_metrics)::float8 as metrics,
      (select count(*) from workflows where settings is not null)::float8 as workflows,
      (select count(*) from dead_letters)::float8 as refused`,
  )
  const steps = (await storedSpans(db)).filter((span) => !span.synthetic).length
  return { ...row!, steps }
}
