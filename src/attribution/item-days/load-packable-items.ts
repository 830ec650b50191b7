import type { Db } from '../../store/client.ts'
import { listRunHistories } from '../../store/queries/list-run-histories.ts'
import { RUN_DETAILS } from '../../store/queries/run-fact-rows.ts'
import { keyOfWorkItem, type WorkItemKey } from '../../store/queries/work-item-keys.ts'
import { buildWorkItemFact } from '../build-work-item-fact.ts'
import { loadRecords } from '../load-work-item-facts.ts'
import type { PackableItem } from './packable-item.ts'

/** The named items as they are now, from their rows. Corrections have no cost here: the rate is that of the question. */
export async function loadPackableItems(tx: Db, keys: readonly WorkItemKey[]): Promise<PackableItem[]> {
  if (keys.length === 0) return []
  const records = await loadRecords(tx, { keys }, { asOf: null, knownAt: null }, RUN_DETAILS)
  const histories = new Map((await listRunHistories(tx, keys)).map((history) => [keyOfWorkItem(history), history]))
  return records.map((one): PackableItem => {
    const history = histories.get(keyOfWorkItem(one))
    const events = [...one.outcomes, ...one.overrides]
    const happened = events.map((event) => event.occurredAt.getTime())
    const recorded = events.map((event) => event.recordedAt.getTime())
    return {
      fact: buildWorkItemFact({ ...one, correctionRateMicros: null }),
      earliest: Math.min(history?.firstStart ?? Infinity, ...happened),
      latest: Math.max(history?.lastStart ?? -Infinity, ...happened),
      recorded: Math.max(history?.lastRecorded ?? -Infinity, ...recorded),
    }
  })
}
