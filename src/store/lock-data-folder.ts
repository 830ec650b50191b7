import { readFileSync } from 'node:fs'
import { open, readFile, rename, rm } from 'node:fs/promises'
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
  const own: Holder = { pid: process.pid, startTicks: startTicksOf(process.pid) }
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

async function createExclusively(path: string, text: string): Promise<boolean> {
  try {
    const file = await open(path, 'wx')
    await file.writeFile(text)
    await file.close()
    return true
  } catch (error) {
    if ((error as { code?: string }).code === 'EEXIST') return false
    throw error
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
  return holder.startTicks === null || holder.startTicks === startTicksOf(holder.pid)
}

function startTicksOf(pid: number): string | null {
  try {
    // Field 22, counted after the command's closing bracket, since the command may hold spaces.
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1)?.split(' ')[19] ?? null
  } catch {
    return null
  }
}
