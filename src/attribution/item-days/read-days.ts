import { giveBack } from '../../domain/give-back.ts'
import type { MicroDollars } from '../../domain/money.ts'
import type { Db } from '../../store/client.ts'
import { type DayCell, loadDayCells, type PackedDay } from '../../store/queries/item-days.ts'
import type { RunDetail } from '../../store/queries/run-fact-rows.ts'
import { type Cell, readCellAside } from './cell.ts'
import { createDayCache } from './day-cache.ts'
import { type DayDetails, READ_DETAIL, type Sized } from './day-details.ts'
import { DayFigures } from './day-figures.ts'
import { DayReading } from './day-reading.ts'
import type { Numbers } from './numbers.ts'
import type { Standpoint } from './select-rows.ts'

/** Seconds after the day's start, rounded up, by item: the last that happened to it and that was recorded of it. */
export interface LatestColumns extends Sized {
  earliest: Numbers
  latest: Numbers
  recorded: Numbers
}

export interface ReadDay {
  reading: DayReading
  /** Null where the standpoint lies after all of the day. */
  latest: LatestColumns | null
}

/**
 * Kept between questions, decoded, in bytes: a year of a million items with what analyses read of it beside the figures, so that
 * it is neither fetched nor decompressed again by each. A cell is known by the hash of what it holds, so that an old one is never
 * taken for a new one.
 */
const CACHE_BYTES = 208 * 1024 * 1024
const cache = createDayCache<Sized>(CACHE_BYTES)

/** Cells that one statement fetches. */
const DAYS_A_STATEMENT = 20

/** The packed days as a question reads them, each with the details asked for. */
export async function readDays(
  db: Db,
  packed: readonly PackedDay[],
  details: readonly RunDetail[],
  standpoint: Standpoint,
  rates: ReadonlyMap<string, MicroDollars>,
): Promise<ReadDay[]> {
  const isLate = (day: PackedDay) =>
    day.lastAt > standpoint.asOf.getTime() ||
    (standpoint.knownAt !== null && day.recordedAt > standpoint.knownAt.getTime())
  const fetch = createCellFetcher(db, cache.begin())
  const figures = await fetch('figures', packed, async ({ workflow, day }, cell) => {
    return new DayFigures(workflow, day, await readCellAside(cell))
  })
  const latest = await fetch('latest', packed.filter(isLate), async (_, cell) => readLatest(await readCellAside(cell)))
  const parts = new Map(packed.map((day): [PackedDay, DayDetails] => [day, {}]))
  const addDetail = async <Name extends RunDetail>(name: Name): Promise<void> => {
    const found = await fetch(name, packed, async (_, cell) => READ_DETAIL[name](await readCellAside(cell)))
    for (const [day, detail] of found) parts.get(day)![name] = detail
  }
  for (const name of details) await addDetail(name)
  return packed.map((day): ReadDay => {
    const reading = new DayReading(figures.get(day)!, rates.get(day.workflow) ?? null, parts.get(day)!)
    return { reading, latest: latest.get(day) ?? null }
  })
}

export function readLatest(cell: Cell): LatestColumns {
  return {
    bytes: cell.bytes,
    earliest: cell.column('earliest'),
    latest: cell.column('latest'),
    recorded: cell.column('recorded'),
  }
}

/** Cells that are decompressed at once: as many as there are threads for it. Each takes memory of its own. */
const CELLS_AT_ONCE = 4

/** One cell of each day, as it is read. While those of one statement are read, the database is at the next. */
function createCellFetcher(db: Db, turn: number) {
  return async <Value extends Sized>(
    name: DayCell,
    days: readonly PackedDay[],
    read: (day: PackedDay, cell: Uint8Array) => Promise<Value>,
  ): Promise<Map<PackedDay, Value>> => {
    const keyOf = (day: PackedDay): string => `${name} ${day.contentHash}`
    const found = new Map<PackedDay, Value>()
    const missing = days.filter((day) => {
      const known = cache.get(keyOf(day), turn) as Value | undefined
      if (known) found.set(day, known)
      return !known
    })
    const load = (from: number) => {
      const part = missing.slice(from, from + DAYS_A_STATEMENT)
      const loading = loadDayCells(db, name, part)
      // Where the statement before it fails, that is what the caller is told.
      loading.catch(() => {})
      return part.length === 0 ? null : { part, loading }
    }
    for (let from = 0, next = load(0); next !== null; ) {
      const { part, loading } = next
      const cells = await loading
      from += DAYS_A_STATEMENT
      next = load(from)
      const waiting = part.values()
      const readWaiting = async () => {
        for (const day of waiting) {
          const cell = cells.get(day.contentHash)!
          const value = await read(day, cell)
          giveBack(cell)
          cache.set(keyOf(day), value, turn)
          found.set(day, value)
        }
      }
      await Promise.all(Array.from({ length: CELLS_AT_ONCE }, readWaiting))
    }
    return found
  }
}
