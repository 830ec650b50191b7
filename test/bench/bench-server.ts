import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { openPostgres } from '../../src/store/client.ts'
import { migrateDatabase } from '../../src/store/migrate.ts'
import { insertApiKey } from '../../src/store/queries/api-keys.ts'
import { startFlags } from './start-flags.ts'

export interface ServerUsage {
  now: number
  peak: number
  processorSeconds: number
}

export interface BenchServer {
  url: string
  key: string
  /** Resident memory in bytes and processor time in seconds of a server that the benchmark started; null where it was started elsewhere. */
  usage(): Promise<ServerUsage | null>
  /** Peaks count from here. */
  forgetPeak(): Promise<void>
  stop(): Promise<void>
}

const START_SECONDS = 180
const ROOT = resolve(import.meta.dirname, '../..')

/**
 * A server to measure: the one at `url`, with the key of DOCKET_KEY or of the data folder; else one of its own, empty,
 * on DATABASE_URL where that is set, and on a new embedded database where it is not.
 */
export async function openBenchServer(url: string | undefined): Promise<BenchServer> {
  const { DATABASE_URL, DOCKET_DATA_DIR = '.docket', DOCKET_KEY } = process.env
  if (url !== undefined) {
    const key =
      DOCKET_KEY ??
      (DATABASE_URL ? await makeKey(DATABASE_URL) : (await readFile(join(DOCKET_DATA_DIR, 'key'), 'utf8')).trim())
    return {
      url: url.replace(/\/$/, ''),
      key,
      usage: async () => null,
      forgetPeak: async () => {},
      stop: async () => {},
    }
  }
  const folder = await mkdtemp(join(tmpdir(), 'docket-bench-'))
  const port = await freePort()
  const child = spawnServer({ PORT: String(port), DOCKET_DATA_DIR: folder })
  const address = `http://127.0.0.1:${port}`
  await untilReady(address, child)
  const key = DATABASE_URL ? await makeKey(DATABASE_URL) : (await readFile(join(folder, 'key'), 'utf8')).trim()
  return {
    url: address,
    key,
    usage: () => usageOf(child),
    // The kernel's own way to begin VmHWM anew.
    forgetPeak: () => writeFile(`/proc/${child.pid}/clear_refs`, '5').catch(() => {}),
    stop: async () => {
      const ended = new Promise((done) => child.once('exit', done))
      child.kill('SIGTERM')
      await ended
      await rm(folder, { recursive: true, force: true })
    },
  }
}

/** The real server in every role, with these settings over the ones of this program. */
export function spawnServer(settings: Record<string, string>): ChildProcess {
  return spawn(process.execPath, [...startFlags(), 'src/start.js', '--empty'], {
    cwd: ROOT,
    env: { ...process.env, HOST: '127.0.0.1', LOG_LEVEL: 'warn', ...settings },
    stdio: ['ignore', 'ignore', 'inherit'],
  })
}

export async function makeKey(databaseUrl: string): Promise<string> {
  const database = await openPostgres(databaseUrl, { connections: 3 })
  try {
    await migrateDatabase(database)
    return (await insertApiKey(database.db, { name: 'bench', scopes: ['admin'] }, new Date())).key
  } finally {
    await database.close()
  }
}

export async function untilReady(url: string, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < START_SECONDS * 5; tries++) {
    if (child.exitCode !== null) throw new Error(`the server ended with ${child.exitCode}`)
    const ready = await fetch(`${url}/readyz`).then(
      (response) => response.ok,
      () => false,
    )
    if (ready) return
    await new Promise((done) => setTimeout(done, 200))
  }
  throw new Error(`the server was not ready after ${START_SECONDS} seconds`)
}

/** The kernel counts in hundredths of a second. */
const TICKS = 100

async function usageOf(child: ChildProcess): Promise<ServerUsage | null> {
  const [status, stat] = (await Promise.all(
    ['status', 'stat'].map((name) => readFile(`/proc/${child.pid}/${name}`, 'utf8').catch(() => '')),
  )) as [string, string]
  const bytes = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(status)?.[1]) * 1024
  const [user, system] = stat.slice(stat.lastIndexOf(')')).split(' ').slice(12, 14).map(Number)
  if (status === '' || user === undefined || system === undefined) return null
  return { now: bytes('VmRSS'), peak: bytes('VmHWM'), processorSeconds: (user + system) / TICKS }
}

export function freePort(): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer()
    probe.once('error', fail)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => done(typeof address === 'object' && address ? address.port : 0))
    })
  })
}
