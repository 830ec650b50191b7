import { readFileSync } from 'node:fs'
import { link, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Problem } from '../domain/problem.ts'

interface Holder {
  pid: number
  /** Start time of the process in the kernel's ticks: tells a reused pid apart. Null where the system does not say. */
  startTicks: string | null
}

/**
 * Takes the lock on the embedded database's folder: a second process would open it too, and corrupt it.
 * Throws a Problem naming the holder. Returns the release.
 */
export async function lockDataFolder(dataDirectory: string): Promise<() => Promise<void>> {
  const path = join(dataDirectory, 'docket.pid')
  const own: Holder = { pid: process.pid, startTicks: statOf(process.pid)?.startTicks ?? null }
  for (let tries = 0; tries < 5; tries++) {
    if (await createExclusively(path, JSON.stringify(own))) return () => rm(path, { force: true })
    const text = await readFile(path, 'utf8').catch(() => '')
    const holder = parseHolder(text)
    if (holder && isRunning(holder)) {
      throw new Problem('data_folder_locked', `${dataDirectory} is in use by another Docket (process ${holder.pid}).`, {
        nextStep: 'Stop that process, or give this one a folder of its own with DOCKET_DATA_DIR (and a PORT).',
      })
    }
    await removeStale(path, text)
  }
  throw new Problem('data_folder_locked', `Could not take the lock ${path}: other processes keep taking it.`)
}

/** A link appears with its whole content at once, so no other process reads half a lock. */
async function createExclusively(path: string, text: string): Promise<boolean> {
  const draft = `${path}.${process.pid}.draft`
  await writeFile(draft, text)
  try {
    await link(draft, path)
    return true
  } catch (error) {
    if ((error as { code?: string }).code === 'EEXIST') return false
    throw error
  } finally {
    await rm(draft, { force: true })
  }
}

/** Moves the stale lock aside first: if another process has replaced it meanwhile, its lock is put back. */
async function removeStale(path: string, staleText: string): Promise<void> {
  const aside = `${path}.${process.pid}`
  try {
    await rename(path, aside)
  } catch {
    return // somebody else removed it: try again
  }
  if ((await readFile(aside, 'utf8')) === staleText) await rm(aside)
  else await rename(aside, path)
}

function parseHolder(text: string): Holder | null {
  try {
    const holder = JSON.parse(text) as Holder
    return Number.isInteger(holder.pid) ? holder : null
  } catch {
    return null
  }
}

function isRunning(holder: Holder): boolean {
  try {
    process.kill(holder.pid, 0)
  } catch (error) {
    return (error as { code?: string }).code === 'EPERM'
  }
  const stat = statOf(holder.pid)
  // A killed process may stay as a zombie where nobody reaps it, as in many containers.
  if (stat?.state === 'Z') return false
  return holder.startTicks === null || holder.startTicks === (stat?.startTicks ?? null)
}

/** What Linux tells of a process; null elsewhere. */
function statOf(pid: number): { state: string; startTicks: string } | null {
  try {
    // Counted after the command's closing bracket, since the command may hold spaces: state is field 3, start time 22.
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)!.split(' ')
    return { state: fields[0]!, startTicks: fields[19]! }
  } catch {
    return null
  }
}
