import { createHash } from 'node:crypto'
import type { Db } from '../../store/client.ts'
import {
  DAY_CELLS,
  isPackedBefore,
  loadPackedDay,
  type NewPackedDay,
  replacePackedDay,
} from '../../store/queries/item-days.ts'
import { claimUnpacked, forgetUnpacked, type ItemDay, listItemsOfDay } from '../../store/queries/unpacked-items.ts'
import { keyOfWorkItem } from '../../store/queries/work-item-keys.ts'
import { compareText } from '../collapse-copies.ts'
import { loadPackableItems } from './load-packable-items.ts'
import { packDetails } from './pack-details.ts'
import { packFigures, packLatest } from './pack-figures.ts'
import { PACK_FORMAT, type PackableItem, reachOf, startOfUtcDay } from './packable-item.ts'
import { unpackDay } from './unpack-day.ts'

/** Items that one transaction packs, at most. */
const ITEMS_A_PACKING = 5000

/**
 * Packs the marked items of a day with what was packed of it before, in one transaction: killed at any time it changes
 * nothing, done twice it changes nothing more. Returns how many items were marked, or packed again in the present form; 0 too
 * where another process packs the day.
 */
export async function packDay(db: Db, day: ItemDay, now: Date): Promise<number> {
  return db.transaction(async (tx) => {
    const claimed = await claimUnpacked(tx, day, ITEMS_A_PACKING)
    if (!claimed) return 0
    const isToRepack = claimed.length === 0 && (await isPackedBefore(tx, day, PACK_FORMAT))
    if (claimed.length === 0 && !isToRepack) return 0
    const marked = new Set(claimed.map(keyOfWorkItem))
    const packed = (await loadPackedDay(tx, day)).flatMap(unpackDay)
    const kept = packed.filter(({ fact }) => !marked.has(keyOfWorkItem(fact)))
    const begun = await loadPackableItems(tx, await listItemsOfDay(tx, day, claimed))
    await replacePackedDay(tx, day, packItems([...kept, ...begun], day, now))
    await forgetUnpacked(tx, day, claimed)
    return claimed.length || kept.length
  })
}

/** Pure: the rows of a day, one for each reach that any of its items has. */
export function packItems(items: readonly PackableItem[], day: ItemDay, packedAt: Date): NewPackedDay[] {
  const start = startOfUtcDay(day.day)
  const shelves = Map.groupBy(items, (item) => reachOf(item, start))
  return [...shelves].map(([reach, members]): NewPackedDay => {
    const sorted = members.sort(
      (a, b) =>
        a.fact.startedAt.getTime() - b.fact.startedAt.getTime() || compareText(a.fact.workItemId, b.fact.workItemId),
    )
    const facts = sorted.map((item) => item.fact)
    const cells = {
      figures: packFigures(facts, day.day),
      latest: packLatest(sorted, day.day),
      ...packDetails(facts, day.day),
    }
    const hash = createHash('sha256').update(JSON.stringify([day.workflow, day.day, reach]))
    for (const cell of DAY_CELLS) hash.update(cells[cell])
    return {
      ...{ ...day, reach, format: PACK_FORMAT, packedAt, items: sorted.length, contentHash: hash.digest('hex') },
      firstAt: new Date(sorted.reduce((first, item) => Math.min(first, item.earliest), Infinity)),
      lastAt: new Date(sorted.reduce((last, item) => Math.max(last, item.latest), -Infinity)),
      recordedAt: new Date(sorted.reduce((last, item) => Math.max(last, item.recorded), -Infinity)),
      ...cells,
    }
  })
}
