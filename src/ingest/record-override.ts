import type { Override, OverrideInput } from '../domain/override.ts'
import type { Db } from '../store/client.ts'
import { findOverride } from '../store/queries/insert-overrides.ts'
import { registerWorkflows } from '../store/queries/register-workflows.ts'
import { contentHash } from './content-hash.ts'
import { loadIngestRules } from './load-ingest-rules.ts'
import { storable } from './storable.ts'
import { overrideOf, storeOverrides } from './store-overrides.ts'

/**
 * Records one human correction, in one transaction with its audit entry and the marks from which facts and memory are
 * made. The same id (or content, where it has none) twice is a duplicate: the stored one is returned.
 */
export async function recordOverride(
  db: Db,
  input: OverrideInput,
  now: Date,
): Promise<{ override: Override; duplicate: boolean }> {
  const { occurredAt, ...texts } = input
  const clean: OverrideInput = { ...(storable(texts) as Omit<OverrideInput, 'occurredAt'>), occurredAt }
  const redaction = (await loadIngestRules(db)).redactionOf(clean.workflow)
  const override = overrideOf(clean, clean.id ?? contentHash(clean), now, redaction)
  return db.transaction(async (tx) => {
    await registerWorkflows(tx, [override.workflow], now)
    const stored = await storeOverrides(tx, [override], now)
    if (stored.length > 0) return { override, duplicate: false }
    return { override: (await findOverride(tx, override.workflow, override.id)) ?? override, duplicate: true }
  })
}
