import type { Db } from '../store/client.ts'
import { countRepricedCalls } from '../store/queries/count-repriced-calls.ts'
import { hasUnsettledChanges } from '../store/queries/has-unsettled-changes.ts'
import { findReattribution, type Reattribution, saveRepricingResult } from '../store/queries/reattributions.ts'

/** `isDone`: nothing is left to wait for. `request` is null where nobody asked under that id. */
export interface RepricingState {
  isDone: boolean
  request: Reattribution | null
}

/**
 * Records what came of pricing runs again, once the last of them is done. Asked again later, it gives what was recorded.
 */
export async function finishRepricing(db: Db, id: string, now: Date): Promise<RepricingState> {
  const request = await findReattribution(db, id)
  if (!request || request.result) return { isDone: true, request }
  if (await hasUnsettledChanges(db, request.requestedAt)) return { isDone: false, request }
  const result = { ...(await countRepricedCalls(db, request)), finishedAt: now.toISOString() }
  await saveRepricingResult(db, id, result)
  return { isDone: true, request: { ...request, result } }
}
