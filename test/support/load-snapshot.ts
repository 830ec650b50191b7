import { openAsBlob } from 'node:fs'
import { PGlite } from '@electric-sql/pglite'
import { vector } from '@electric-sql/pglite-pgvector'
import { inject } from 'vitest'

/** An embedded database in memory: migrated, or without any schema. */
export async function loadSnapshot(state: 'migrated' | 'empty'): Promise<PGlite> {
  return PGlite.create({ extensions: { vector }, loadDataDir: await openAsBlob(inject('snapshots')[state]) })
}
