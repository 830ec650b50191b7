import { asc } from 'drizzle-orm'
import type { ContractPrice } from '../../domain/contract-price.ts'
import type { Db } from '../client.ts'
import { contractPrices } from '../schema/settings.ts'

/** Every contract price, by model, then by when it begins. */
export function listContractPrices(db: Db): Promise<ContractPrice[]> {
  return db
    .select()
    .from(contractPrices)
    .orderBy(asc(contractPrices.model), asc(contractPrices.validFrom), asc(contractPrices.id))
}
