import { sql } from 'drizzle-orm'
import type { ContractPrice } from '../../domain/contract-price.ts'
import type { Db } from '../client.ts'
import { contractPrices } from '../schema/settings.ts'

/** Adds prices; one whose id is there takes its place. Expects each id once. */
export async function putContractPrices(tx: Db, prices: readonly ContractPrice[]): Promise<void> {
  if (prices.length === 0) return
  await tx
    .insert(contractPrices)
    .values([...prices])
    .onConflictDoUpdate({
      target: contractPrices.id,
      set: {
        workflow: sql`excluded.workflow`,
        provider: sql`excluded.provider`,
        model: sql`excluded.model`,
        serviceTier: sql`excluded.service_tier`,
        inputPerMillion: sql`excluded.input_per_million`,
        cachedInputPerMillion: sql`excluded.cached_input_per_million`,
        cacheWritePerMillion: sql`excluded.cache_write_per_million`,
        outputPerMillion: sql`excluded.output_per_million`,
        reasoningPerMillion: sql`excluded.reasoning_per_million`,
        validFrom: sql`excluded.valid_from`,
        validUntil: sql`excluded.valid_until`,
        recordedAt: sql`excluded.recorded_at`,
        recordedBy: sql`excluded.recorded_by`,
      },
    })
}
