/** `npm run bench:ingest-kill -- --help`: the real server, killed again and again under load; nothing acknowledged is lost. */
import type { ChildProcess } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { createRandom } from '../../src/analysis/why/seeded-random.ts'
import { freePort, makeKey, spawnServer, untilReady } from './bench-server.ts'
import { checkItems } from './kill-check.ts'
import { CORRECTION_RATE, KILL_WORKFLOW } from './kill-load.ts'
import { type Senders, startSenders } from './kill-senders.ts'
import { createScratchUrl } from './scratch-database.ts'

const USAGE = `usage: npm run bench:ingest-kill -- [options]
  --kills N     how often the server is killed with SIGKILL: 20
  --clients N   that send at once: 6
  --pause N     milliseconds between two work items of a client: 20
  --seed N      of the moments of the kills: 1
DATABASE_URL: on a new database of that Postgres, and not on a new embedded one.`

const { values } = parseArgs({
  options: {
    kills: { type: 'string', default: '20' },
    clients: { type: 'string', default: '6' },
    pause: { type: 'string', default: '20' },
    seed: { type: 'string', default: '1' },
    help: { type: 'boolean', default: false },
  },
})
const numbers = [values.kills, values.clients, values.pause, values.seed]
if (values.help || !numbers.every((text) => /^\d{1,9}$/.test(text))) {
  console.log(USAGE)
  process.exit(values.help ? 0 : 2)
}
const [kills, clients, between, seed] = numbers.map(Number) as [number, number, number, number]

/** One kill in four comes while the server starts, with the work of the one before still to do. */
const KILLED_AT_START = 0.25
/** Of the time that the first start took. */
const LONGEST_START = 1.2
const LONGEST_LIFE_SECONDS = 4

const random = createRandom(seed)
const folder = await mkdtemp(join(tmpdir(), 'docket-bench-kill-'))
const { DATABASE_URL } = process.env
const scratch = DATABASE_URL ? await createScratchUrl(DATABASE_URL) : null
const port = await freePort()
const url = `http://127.0.0.1:${port}`
const start = () =>
  spawnServer({ PORT: String(port), DOCKET_DATA_DIR: folder, DATABASE_URL: scratch?.url ?? '', PLAYGROUND: '0' })

const begun = performance.now()
let child = start()
let senders: Senders | null = null
try {
  await untilReady(url, child)
  const startMilliseconds = performance.now() - begun
  const key = scratch ? await makeKey(scratch.url) : (await readFile(join(folder, 'key'), 'utf8')).trim()
  await describeWorkflow(key)
  const mark = `k${Date.now().toString(36)}`
  senders = startSenders({ url, key }, { clients, mark, random: createRandom(seed + 1), pause: between })
  for (let kill = 1; kill <= kills; kill++) {
    if (random() < KILLED_AT_START) await pause(random() * LONGEST_START * startMilliseconds)
    else {
      await untilReady(url, child)
      await pause(random() * LONGEST_LIFE_SECONDS * 1000)
    }
    await end(child, 'SIGKILL')
    process.stderr.write(`killed ${kill} of ${kills} (started in ${(startMilliseconds / 1000).toFixed(1)} s)\n`)
    child = start()
  }
  await untilReady(url, child)
  await pause(1000)
  const { items, requests, refusals } = await senders.finish()
  const { lost, doubled, settledSeconds } = await checkItems({ url, key }, items)
  const audit = await read<{ length: number; firstBreak: unknown }>('/api/audit/verify', key)
  const overrides = items.reduce((sum, item) => sum + item.acknowledged.overrides, 0)
  const possibleOverrides = items.reduce((sum, item) => sum + item.possible.overrides, 0)
  for (const id of lost.slice(0, 5)) console.log(`lost: ${id}`)
  for (const id of doubled.slice(0, 5)) console.log(`doubled: ${id}`)
  for (const refusal of refusals.slice(0, 5)) console.log(`refused: ${refusal}`)
  console.log(
    JSON.stringify({
      database: scratch ? 'postgres' : 'embedded',
      kills,
      seed,
      workItems: items.length,
      acknowledged: requests.acknowledged,
      repeated: requests.repeated,
      givenUp: requests.givenUp,
      lost: lost.length,
      doubled: doubled.length,
      refused: refusals.length,
      settledSeconds: Number(settledSeconds.toFixed(1)),
      auditIsWhole: audit.firstBreak === null && audit.length >= overrides && audit.length <= possibleOverrides,
    }),
  )
  if (lost.length + doubled.length + refusals.length > 0) process.exitCode = 1
} finally {
  await end(child, 'SIGTERM')
  await rm(folder, { recursive: true, force: true })
  await scratch?.drop()
}
process.exit()

async function describeWorkflow(key: string): Promise<void> {
  const reply = await fetch(`${url}/api/workflows/${KILL_WORKFLOW}`, {
    method: 'PUT',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify({ unit: 'item', correctionHourlyRate: CORRECTION_RATE }),
  })
  if (!reply.ok) throw new Error(`the server answered ${reply.status}: ${await reply.text()}`)
}

async function read<Answer>(path: string, key: string): Promise<Answer> {
  const reply = await fetch(url + path, { headers: { authorization: `Bearer ${key}` } })
  if (!reply.ok) throw new Error(`the server answered ${reply.status}: ${await reply.text()}`)
  return (await reply.json()) as Answer
}

async function end(server: ChildProcess, signal: 'SIGKILL' | 'SIGTERM'): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return
  const gone = new Promise((done) => server.once('exit', done))
  server.kill(signal)
  await gone
}
