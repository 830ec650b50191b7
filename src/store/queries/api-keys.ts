import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { and, asc, eq, isNull } from 'drizzle-orm'
import type { Scope } from '../../domain/access.ts'
import type { Db } from '../client.ts'
import { apiKeys } from '../schema/settings.ts'

/** Keys have 192 bits of chance, so a plain hash is enough: there is nothing to guess. */
const hashOf = (key: string) => createHash('sha256').update(key).digest('hex')

/** Makes a key and returns it: the only time that it can be seen. */
export async function insertApiKey(
  db: Db,
  key: { name: string; scopes: Scope[] },
  now: Date,
): Promise<{ id: string; key: string }> {
  const id = randomUUID()
  const secret = `docket_${randomBytes(24).toString('base64url')}`
  await db.insert(apiKeys).values({ id, hash: hashOf(secret), name: key.name, scopes: key.scopes, createdAt: now })
  return { id, key: secret }
}

export async function findApiKey(db: Db, key: string): Promise<{ id: string; name: string; scopes: Scope[] } | null> {
  const [row] = await db
    .select({ id: apiKeys.id, name: apiKeys.name, scopes: apiKeys.scopes })
    .from(apiKeys)
    .where(and(eq(apiKeys.hash, hashOf(key)), isNull(apiKeys.revokedAt)))
  return row ?? null
}

/** Never the keys themselves, nor their hashes. */
export function listApiKeys(db: Db) {
  return db
    .select({
      id: apiKeys.id,
      name: apiKeys.name,
      scopes: apiKeys.scopes,
      createdAt: apiKeys.createdAt,
      revokedAt: apiKeys.revokedAt,
    })
    .from(apiKeys)
    .orderBy(asc(apiKeys.createdAt), asc(apiKeys.id))
}

/** False where there is no such key, or it was revoked before. */
export async function revokeApiKey(db: Db, id: string, now: Date): Promise<boolean> {
  const rows = await db
    .update(apiKeys)
    .set({ revokedAt: now })
    .where(and(eq(apiKeys.id, id), isNull(apiKeys.revokedAt)))
    .returning({ id: apiKeys.id })
  return rows.length > 0
}
