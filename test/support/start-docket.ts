import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'

const project = resolve(import.meta.dirname, '../..')

/** A program that ends after seconds would spend more on making the embedded database's code fast than it gets back. */
const SHORT_LIFE = ['--liftoff-only']
/** Where each start finds what the one before compiled. */
const NODE_COMPILE_CACHE = join(project, 'node_modules/.cache/docket-compiled')

export interface StartedDocket {
  url: string
  key: string
  dataDirectory: string
  /** Everything that it printed so far. */
  printed(): string
  /** Calls it with the key; JSON both ways. Throws where the answer is not 2xx. */
  call<Result = unknown>(method: string, path: string, body?: unknown): Promise<Result>
  /** Ends it as a person would (SIGTERM) or as a crash would (SIGKILL). Resolves when it is gone. */
  stop(signal?: 'SIGTERM' | 'SIGKILL'): Promise<void>
  /** Stops it and removes its data. */
  remove(): Promise<void>
}

/** Starts the real program on a free port and waits until it is ready. */
export async function startDocket(options: {
  arguments?: string[]
  environment?: Record<string, string>
  dataDirectory?: string
}): Promise<StartedDocket> {
  const dataDirectory = options.dataDirectory ?? (await mkdtemp(join(tmpdir(), 'docket-e2e-')))
  const { child, printed } = runDocket(['src/start.js', ...(options.arguments ?? [])], {
    PORT: '0',
    DOCKET_DATA_DIR: dataDirectory,
    LOG_LEVEL: 'warn',
    ...options.environment,
  })
  const url = await waitForUrl(child, printed)
  const key = await readFile(join(dataDirectory, 'key'), 'utf8').then(
    (text) => text.trim(),
    () => '',
  )
  const stop = async (signal: 'SIGTERM' | 'SIGKILL' = 'SIGTERM') => {
    if (child.exitCode !== null || child.signalCode !== null) return
    const gone = new Promise((done) => child.once('exit', done))
    child.kill(signal)
    await gone
  }
  return {
    url,
    key,
    dataDirectory,
    printed,
    call: async (method, path, body) => {
      const response = await fetch(url + path, {
        method,
        headers: { authorization: `Bearer ${key}`, ...(body !== undefined && { 'content-type': 'application/json' }) },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      })
      const text = await response.text()
      if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${text}`)
      return text === '' ? undefined : JSON.parse(text)
    },
    stop,
    remove: async () => {
      await stop()
      await rm(dataDirectory, { recursive: true, force: true })
    },
  }
}

/** Runs one of Docket's programs with only the given settings. */
export function runDocket(programArguments: string[], environment: Record<string, string>) {
  const child = spawn(process.execPath, [...SHORT_LIFE, ...programArguments], {
    cwd: project,
    env: { PATH: process.env.PATH ?? '', HOME: process.env.HOME ?? '', NODE_COMPILE_CACHE, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8')
    stream.on('data', (chunk: string) => {
      text += chunk
    })
  }
  return { child, printed: () => text }
}

/** Runs a program to its end: what it printed and its exit code. */
export async function runToEnd(programArguments: string[], environment: Record<string, string>) {
  const { child, printed } = runDocket(programArguments, environment)
  const code = await new Promise<number | null>((done) => child.once('close', done))
  return { code, printed: printed() }
}

async function waitForUrl(child: ChildProcess, printed: () => string): Promise<string> {
  const deadline = Date.now() + 120_000
  while (Date.now() < deadline) {
    const url = /Docket is ready at (http:\S+)/.exec(printed())?.[1]
    if (url) return url
    if (child.exitCode !== null) throw new Error(`Docket ended (${child.exitCode}):\n${printed()}`)
    await new Promise((done) => setTimeout(done, 50))
  }
  child.kill('SIGKILL')
  throw new Error(`Docket did not get ready:\n${printed()}`)
}
