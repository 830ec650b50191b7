/**
 * `npm run bench:ask -- --items N [--url URL] [--database NAME]`: N work items over one year with planted causes, then each kind of question
 * through the answerer in a process of its own. The last line of its output is one JSON object: p50 and p95 by kind, the
 * share of planted causes that were named (and of quiet weeks of which none was), and the asking process's peak memory.
 * With a name the database is kept; the next run of that name migrates it and asks it again.
 */
import { execFile } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs, promisify } from 'node:util'
import { sql } from 'drizzle-orm'
import { type Database, openEmbedded, selectRows } from '../../src/store/client.ts'
import { migrateDatabase } from '../../src/store/migrate.ts'
import { loadWorld, packWorld } from './ask-load.ts'
import { createAskWorld } from './ask-world.ts'
import { openKeptDatabase, openScratchDatabase } from './scratch-database.ts'
import { startFlags } from './start-flags.ts'

const { values } = parseArgs({
  options: {
    items: { type: 'string', default: '20000' },
    url: { type: 'string' },
    database: { type: 'string' },
    repetitions: { type: 'string', default: '5' },
    kinds: { type: 'string' },
  },
})
const [items, repetitions] = [Number(values.items), Number(values.repetitions)]
if (![items, repetitions].every((number) => Number.isInteger(number) && number > 0)) {
  console.error(
    'usage: npm run bench:ask -- --items N [--url URL] [--database NAME] [--repetitions N] [--kinds KIND,KIND]',
  )
  process.exit(2)
}
const url = values.url ?? process.env.TEST_DATABASE_URL
const asking = { repetitions, ...(values.kinds !== undefined && { kinds: values.kinds.split(',') }) }
const report = url === undefined ? await askEmbedded() : await askPostgres(url)
console.log(JSON.stringify({ items, ...report }))

async function askEmbedded() {
  const folder = await mkdtemp(join(tmpdir(), 'docket-ask-'))
  try {
    const database = await openEmbedded(folder)
    await migrateDatabase(database)
    const runs = await loadWorld(database, createAskWorld(items))
    const { description } = database
    await database.close()
    return { runs, database: description, ...(await ask({ ...asking, folder })) }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

async function askPostgres(serverUrl: string) {
  const { database, isNew } =
    values.database === undefined
      ? { database: await openScratchDatabase(serverUrl), isNew: true }
      : await openKeptDatabase(serverUrl, values.database)
  try {
    const runs = isNew ? await loadWorld(database, createAskWorld(items)) : await reuseWorld(database)
    const own = new URL(serverUrl)
    own.pathname = `/${database.postgres!.options.database}`
    return { runs, database: database.description, ...(await ask({ ...asking, url: own.toString() })) }
  } finally {
    await database.close()
  }
}

/** What an earlier run left, migrated by now; packed to the end where that was broken off. Throws where it is another world. */
async function reuseWorld(database: Database): Promise<number> {
  const [row] = await selectRows<{ items: number; runs: number }>(
    database.db,
    sql`select (select count(*) from work_items)::float8 as items, (select count(*) from run_facts)::float8 as runs`,
  )
  if (row!.items !== items) {
    throw new Error(`${values.database} holds ${row!.items} items and not ${items}: drop it, or give another name`)
  }
  await packWorld(database)
  return row!.runs
}

/** In a fresh process, so that its memory is the asking's alone. */
async function ask(asked: object): Promise<object> {
  // A first start compiles the program, which takes memory that later ones, which find it compiled, do not.
  await startAsking({ ...asked, kinds: [] })
  return startAsking(asked)
}

async function startAsking(asked: object): Promise<object> {
  const script = join(import.meta.dirname, 'ask-questions.js')
  const args = [...process.execArgv, ...startFlags(), script, JSON.stringify(asked)]
  const { stdout } = await promisify(execFile)(process.execPath, args, { maxBuffer: 1 << 26 })
  return JSON.parse(stdout.trim().split('\n').at(-1)!)
}
