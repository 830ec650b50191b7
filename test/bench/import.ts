/** `npm run bench:import -- --help`: the command `docket import` with a file of any size, broken off in the middle and run again. */
import { type ChildProcess, spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { mkdtemp, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as pause } from 'node:timers/promises'
import { parseArgs } from 'node:util'
import { sql } from 'drizzle-orm'
import { openPostgres, selectRows } from '../../src/store/client.ts'
import { createScratchUrl } from './scratch-database.ts'

const USAGE = `usage: npm run bench:import -- [options]
  --megabytes N   size of the file of traces: 500
  --kill SHARE    share of the traces after which the first run is killed with SIGKILL: 0.4
DATABASE_URL: the Postgres on which it makes a new database.`

const { values } = parseArgs({
  options: {
    megabytes: { type: 'string', default: '500' },
    kill: { type: 'string', default: '0.4' },
    help: { type: 'boolean', default: false },
  },
})
const { DATABASE_URL } = process.env
const [megabytes, killAt] = [Number(values.megabytes), Number(values.kill)]
if (values.help || !DATABASE_URL || !(megabytes > 0) || !(killAt >= 0 && killAt < 1)) {
  console.log(USAGE)
  process.exit(values.help ? 0 : 2)
}

const STEPS = 10
const PROSE = 'The claim concerns water damage in a rented home after the storm of the ninth. '
const STARTED = Date.parse('2026-11-02T08:00:00Z')
const EVERY = 250

const folder = await mkdtemp(join(tmpdir(), 'docket-bench-import-'))
const file = join(folder, 'traces.ndjson')
const scratch = await createScratchUrl(DATABASE_URL)
try {
  const traces = await writeTraces(file)
  const first = killAt > 0 ? await runImport(Math.round(traces * killAt)) : null
  const second = await runImport(null)
  console.log(
    JSON.stringify({
      megabytes: Math.round((await stat(file)).size / 2 ** 20),
      traces,
      ...(first && { killed: first }),
      whole: second,
      ...(await countStored()),
    }),
  )
} finally {
  await scratch.drop()
  await rm(folder, { recursive: true, force: true })
}

/** Runs of ten steps, a kilobyte of prompt and answer each. Returns how many. */
async function writeTraces(path: string): Promise<number> {
  let written = 0
  let count = 0
  await pipeline(
    Readable.from(
      (function* () {
        for (; written < megabytes * 2 ** 20; count++) {
          const line = `${JSON.stringify(traceOf(count))}\n`
          written += line.length
          yield line
        }
      })(),
    ),
    createWriteStream(path),
  )
  return count
}

function traceOf(index: number) {
  const startedAt = STARTED + index * 1000
  const steps = Array.from({ length: STEPS }, (_, step) => ({
    id: `s-${step}`,
    ...(step > 0 && { parentId: 's-0' }),
    kind: step === 0 ? 'agent' : 'llm',
    name: step === 0 ? 'adjudicate' : 'decide',
    startedAt: new Date(startedAt + step * 50).toISOString(),
    endedAt: new Date(startedAt + step * 50 + 40).toISOString(),
    ...(step > 0 && {
      model: 'gpt-4.1-mini',
      usage: { inputTokens: 900 + (index % 100), outputTokens: 40 + step },
      input: `${index}/${step}: ${PROSE.repeat(10)}`,
      output: PROSE.repeat(3),
    }),
  }))
  return {
    ...{ traceId: `import-${index}`, workflow: 'bench-import', workItemId: `item-${index}` },
    ...{ startedAt: new Date(startedAt).toISOString(), steps },
  }
}

/**
 * The command as a person runs it, on the new database. Killed once it has read so many traces; null: it runs to its end. Memory
 * in MB, resident: at a tenth of the file and the most by the end of reading, and the most of all.
 */
async function runImport(killAfter: number | null) {
  const child = spawn(process.execPath, ['src/cli.ts', 'import', file, '--format', 'traces'], {
    cwd: resolve(import.meta.dirname, '../..'),
    env: { ...process.env, DATABASE_URL: scratch.url },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let progress = ''
  let said = ''
  child.stderr.on('data', (chunk: Buffer) => {
    progress = chunk.toString()
  })
  child.stdout.on('data', (chunk: Buffer) => {
    said += chunk.toString()
  })
  const begun = performance.now()
  const memory = { atTenthMb: 0, readingMb: 0, peakMb: 0 }
  let secondsOfReading = 0
  while (child.exitCode === null && child.signalCode === null) {
    await pause(EVERY)
    const now = await residentOf(child)
    const [, read, total] = /(\d+) of (\d+)/.exec(progress) ?? []
    memory.peakMb = Math.max(memory.peakMb, now)
    if (read === undefined || total === undefined) continue
    secondsOfReading = (performance.now() - begun) / 1000
    memory.readingMb = Math.max(memory.readingMb, now)
    if (memory.atTenthMb === 0) memory.atTenthMb = now
    if (killAfter !== null && Number(read) >= killAfter) child.kill('SIGKILL')
  }
  const seconds = (performance.now() - begun) / 1000
  return { seconds: Math.round(seconds), secondsOfReading: Math.round(secondsOfReading), ...memory, said: said.trim() }
}

async function residentOf(child: ChildProcess): Promise<number> {
  const status = await readFile(`/proc/${child.pid}/status`, 'utf8').catch(() => '')
  return Math.round(Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1024)
}

/** What lies in the database: each run must be there once. */
async function countStored() {
  const database = await openPostgres(scratch.url, { connections: 2 })
  try {
    const [row] = await selectRows<{ runs: number; items: number; spans: number; calls: number }>(
      database.db,
      sql`select (select count(*) from run_facts where known_until is null)::float8 as runs,
        (select coalesce(sum(calls), 0) from run_facts where known_until is null)::float8 as calls,
        (select count(*) from work_items)::float8 as items, (select sum(span_count) from trace_parts)::float8 as spans`,
    )
    return { stored: row }
  } finally {
    await database.close()
  }
}
