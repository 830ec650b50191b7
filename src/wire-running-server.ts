import { readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Problem } from './domain/problem.ts'
import type { Config } from './runtime/config.ts'
import { keyFile } from './wire-database.ts'

/** A server that holds the embedded database, and the key with which its own machine may call it. */
export interface RunningServer {
  url: string
  key: string
}

const addressFile = (config: Config) => join(config.DOCKET_DATA_DIR, 'address')

/** Notes where the server is, for commands that find the embedded database in its hands. Returns how to take the note back. */
export async function noteAddress(config: Config, url: string): Promise<() => Promise<void>> {
  await writeFile(addressFile(config), url)
  return () => rm(addressFile(config), { force: true })
}

/** The server that holds the embedded database; null where none answers there. */
export async function findRunningServer(config: Config): Promise<RunningServer | null> {
  const read = (path: string) =>
    readFile(path, 'utf8').then(
      (text) => text.trim(),
      () => null,
    )
  const [url, key] = [await read(addressFile(config)), await read(keyFile(config))]
  if (url === null || key === null) return null
  const isAlive = await fetch(`${url}/healthz`).then(
    (response) => response.ok,
    () => false,
  )
  return isAlive ? { url, key } : null
}

/** Calls it; JSON both ways. Throws a Problem with what it answered. */
export async function callServer<Result>(
  server: RunningServer,
  method: string,
  path: string,
  body?: unknown,
): Promise<Result> {
  const response = await fetch(server.url + path, {
    method,
    headers: {
      authorization: `Bearer ${server.key}`,
      ...(body !== undefined && { 'content-type': 'application/json' }),
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  })
  const text = await response.text()
  if (response.ok) return (text === '' ? undefined : JSON.parse(text)) as Result
  let error: { code?: string; message?: string; nextStep?: string } = {}
  try {
    error = (JSON.parse(text) as { error: typeof error }).error
  } catch {
    error = { message: text.slice(0, 200) }
  }
  throw new Problem(error.code ?? 'refused', `The running Docket answered ${response.status}: ${error.message}`, {
    ...(error.nextStep !== undefined && { nextStep: error.nextStep }),
  })
}
