import type { Db } from '../../store/client.ts'
import { listDueDays, type Pace } from '../../store/queries/unpacked-items.ts'
import { packDay } from './pack-day.ts'
import { PACK_FORMAT } from './packable-item.ts'

/**
 * Ten seconds without a change, or a minute of them. Packing a day costs as much for one item as for many, and what is not
 * packed yet is read from its rows meanwhile.
 */
export const PACE: Pace = { quiet: 10_000, pause: 60_000 }

const DAYS_AT_ONCE = 20

export interface PackedDays {
  days: number
  items: number
  /** More days were due: call again. */
  isMore: boolean
}

/** Packs days that are due, the latest first. Any number of workers may call it at once. */
export async function packDueDays(db: Db, now: Date, pace: Pace = PACE): Promise<PackedDays> {
  const due = await listDueDays(db, now, pace, PACK_FORMAT, DAYS_AT_ONCE)
  let items = 0
  for (const day of due) {
    for (let packed = 1; packed > 0; items += packed) {
      packed = await packDay(db, day, now)
      // Other work has its turn.
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
  return { days: due.length, items, isMore: due.length === DAYS_AT_ONCE && items > 0 }
}
