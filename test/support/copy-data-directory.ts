import { cp, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { inject } from 'vitest'

/** A data directory in which Docket finds its database made, empty and up to date: making one takes many seconds. */
export async function copyDataDirectory(): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'docket-e2e-'))
  await cp(inject('snapshots').folder, join(directory, 'database'), { recursive: true })
  return directory
}
