import { once } from 'node:events'
import { sql } from 'drizzle-orm'
import { packDueDays } from '../../src/attribution/item-days/pack-due-days.ts'
import type { Database } from '../../src/store/client.ts'
import { workflows } from '../../src/store/schema/settings.ts'
import { RUN_COLUMNS } from './ask-runs.ts'
import { WORLD_NOW, WORLD_WORKFLOW, type World, type WorldRows } from './ask-world.ts'

const COLUMNS: Readonly<Record<keyof WorldRows, string>> = {
  run_facts: RUN_COLUMNS,
  outcomes: 'workflow, id, work_item_id, status, resolved_by, value_micros, note, occurred_at, recorded_at',
  overrides: `workflow, id, work_item_id, trace_id, step_id, agent_decision, human_decision, reason, rule, actor, minutes,
    occurred_at, recorded_at, erased_at`,
  work_items: `work_item_id, workflow, attributes, status, started_at, closed_at, attempts, corrections, total_micros,
    unpriced_calls, updated_at`,
}

const AT_ONCE = { quiet: 0, pause: 0 }

/**
 * Copies a world straight into the tables of facts, as attribution would have left them, and packs its days. Returns the number
 * of runs. Progress goes to standard error.
 */
export async function loadWorld(database: Database, world: World): Promise<number> {
  await database.db.insert(workflows).values({
    name: WORLD_WORKFLOW,
    settings: {
      unit: 'claim',
      correctionHourlyRate: 45,
      baseline: { kind: 'labour', minutesPerUnit: 22, hourlyRate: 38 },
    },
    firstSeenAt: WORLD_NOW,
    updatedAt: WORLD_NOW,
  })
  return loadPortions(database, world.portions())
}

/** The same for rows of any workflows; their settings are the caller's. */
export async function loadPortions(database: Database, portions: Iterable<WorldRows>): Promise<number> {
  let runs = 0
  for (const rows of portions) {
    runs += rows.run_facts.length
    for (const table of Object.keys(COLUMNS) as (keyof WorldRows)[]) await copyRows(database, table, rows[table])
  }
  await database.db.execute(sql`
    insert into unpacked_items (work_item_id, workflow, day, marked_at)
    select work_item_id, workflow, (started_at at time zone 'UTC')::date, now() from work_items`)
  await database.db.execute(sql`vacuum analyze`)
  await packWorld(database)
  return runs
}

/** Packs every day that waits for it. */
export async function packWorld({ db }: Database): Promise<void> {
  const at = new Date(Date.now() + 60_000)
  for (let [days, portion] = [0, await packDueDays(db, at, AT_ONCE)]; portion.items > 0; ) {
    days += portion.days
    console.error(`packed ${days} days`)
    portion = await packDueDays(db, at, AT_ONCE)
    if (portion.items === 0) await db.execute(sql`vacuum analyze`)
  }
}

async function copyRows(
  { postgres, embedded }: Database,
  table: keyof WorldRows,
  lines: readonly string[],
): Promise<void> {
  const from = `copy ${table} (${COLUMNS[table]}) from`
  if (embedded) {
    await embedded.query(`${from} '/dev/blob'`, [], { blob: new Blob(lines as string[]) })
    return
  }
  const stream = await postgres!.unsafe(`${from} stdin`).writable()
  stream.end(lines.join(''))
  await once(stream, 'finish')
}
