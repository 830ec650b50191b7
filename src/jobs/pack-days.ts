import { setTimeout as sleep } from 'node:timers/promises'
import { PACE, type PackedDays, packDueDays } from '../attribution/item-days/pack-due-days.ts'
import type { Database } from '../store/client.ts'

/** Packing takes at most this share of a processor's time while it has much to do. */
const SHARE = 0.25

/** Packs every day that is due. Between portions it rests, so that answers and ingest keep their pace. */
export async function packDays(
  database: Database,
  clock: () => Date,
  onPortion: (portion: PackedDays) => void,
): Promise<void> {
  for (;;) {
    const begun = performance.now()
    const portion = await packDueDays(database.db, clock(), PACE)
    if (portion.items > 0) onPortion(portion)
    if (!portion.isMore) return
    await sleep((performance.now() - begun) * (1 / SHARE - 1))
  }
}
