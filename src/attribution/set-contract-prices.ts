import { createHash } from 'node:crypto'
import { canonicalJson } from '../domain/canonical-json.ts'
import type { ContractPrice, ContractPriceInput } from '../domain/contract-price.ts'
import type { Db } from '../store/client.ts'
import { putContractPrices } from '../store/queries/put-contract-prices.ts'

/**
 * Records contract prices, each under its id or, where it has none, under one made of what it is for and from when: to
 * send a corrected price again replaces it. Facts that exist keep their prices until they are re-priced.
 */
export async function setContractPrices(
  db: Db,
  inputs: readonly ContractPriceInput[],
  record: { by: string; at: Date },
): Promise<ContractPrice[]> {
  const prices = new Map(inputs.map((input) => toContractPrice(input, record)).map((price) => [price.id, price]))
  await putContractPrices(db, [...prices.values()])
  return [...prices.values()]
}

function toContractPrice(input: ContractPriceInput, record: { by: string; at: Date }): ContractPrice {
  const subject = {
    workflow: input.workflow ?? null,
    provider: input.provider ?? null,
    model: input.model,
    serviceTier: input.serviceTier ?? null,
    validFrom: input.validFrom,
  }
  return {
    id: input.id ?? createHash('sha256').update(canonicalJson(subject)).digest('hex').slice(0, 32),
    ...subject,
    inputPerMillion: input.inputPerMillion ?? null,
    cachedInputPerMillion: input.cachedInputPerMillion ?? null,
    cacheWritePerMillion: input.cacheWritePerMillion ?? null,
    outputPerMillion: input.outputPerMillion ?? null,
    reasoningPerMillion: input.reasoningPerMillion ?? null,
    validUntil: input.validUntil ?? null,
    recordedAt: record.at,
    recordedBy: record.by,
  }
}
