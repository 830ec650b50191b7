import type { MicroDollars } from '../../domain/money.ts'
import type { Db } from '../../store/client.ts'
import { type DayCell, loadDayCells, type PackedDay } from '../../store/queries/item-days.ts'
import type { RunDetail } from '../../store/queries/run-fact-rows.ts'
import { readCell } from './cell.ts'
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

/** Kept between questions, in bytes. A cell is known by the hash of what it holds, so that an old one is never taken for a new one. */
const CACHE_BYTES = 160 * 1024 * 1024
const cache = createDayCache(CACHE_BYTES)

/** Cells that one statement fetches. */
const DAYS_A_STATEMENT = 40

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
  const figures = await readCells(db, packed, 'figures', (cell, day) => new DayFigures(day.workflow, day.day, cell))
  const latest = await readCells(db, packed.filter(isLate), 'latest', (cell) => readLatest(cell))
  const days = packed.map((day): ReadDay => {
    const reading = new DayReading(figures.get(day.contentHash)!, rates.get(day.workflow) ?? null)
    return { reading, latest: latest.get(day.contentHash) ?? null }
  })
  for (const name of details) {
    const read = await readCells<Sized>(db, packed, name, READ_DETAIL[name])
    for (const [index, { reading }] of days.entries())
      setDetail(reading.details, name, read.get(packed[index]!.contentHash)!)
  }
  return days
}

function setDetail(details: DayDetails, name: RunDetail, detail: Sized): void {
  Object.assign(details, { [name]: detail })
}

export function readLatest(packed: Uint8Array): LatestColumns {
  const cell = readCell(packed)
  return {
    bytes: cell.bytes,
    earliest: cell.column('earliest'),
    latest: cell.column('latest'),
    recorded: cell.column('recorded'),
  }
}

async function readCells<Read extends Sized>(
  db: Db,
  packed: readonly PackedDay[],
  cell: DayCell,
  read: (bytes: Uint8Array, day: PackedDay) => Read,
): Promise<Map<string, Read>> {
  const found = new Map<string, Read>()
  const missing: PackedDay[] = []
  for (const day of packed) {
    const known = cache.get(`${cell} ${day.contentHash}`) as Read | undefined
    if (known) found.set(day.contentHash, known)
    else missing.push(day)
  }
  for (let from = 0; from < missing.length; from += DAYS_A_STATEMENT) {
    const days = missing.slice(from, from + DAYS_A_STATEMENT)
    const cells = await loadDayCells(db, cell, days)
    for (const day of days) {
      const value = read(cells.get(day.contentHash)!, day)
      found.set(day.contentHash, value)
      cache.set(`${cell} ${day.contentHash}`, value)
    }
  }
  return found
}
