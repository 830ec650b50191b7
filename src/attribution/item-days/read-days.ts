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

/** Kept between questions, in bytes. A cell is known by the hash of what it holds, so that an old one is never taken for a new one. */
const CACHE_BYTES = 160 * 1024 * 1024
const cache = createDayCache(CACHE_BYTES)

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
  const cells = await readCells(db, [
    ...packed.map((day) => ({ day, name: 'figures' as const })),
    ...packed.filter(isLate).map((day) => ({ day, name: 'latest' as const })),
    ...details.flatMap((name) => packed.map((day) => ({ day, name }))),
  ])
  return packed.map((day): ReadDay => {
    const found = <Read extends Sized>(name: DayCell) => cells.get(keyOf({ day, name })) as Read | undefined
    const reading = new DayReading(found<DayFigures>('figures')!, rates.get(day.workflow) ?? null)
    for (const name of details) Object.assign(reading.details satisfies DayDetails, { [name]: found(name)! })
    return { reading, latest: found<LatestColumns>('latest') ?? null }
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

interface WantedCell {
  day: PackedDay
  name: DayCell
}

const keyOf = ({ day, name }: WantedCell): string => `${name} ${day.contentHash}`

function readWanted({ day, name }: WantedCell, cell: Cell): Sized {
  if (name === 'figures') return new DayFigures(day.workflow, day.day, cell)
  return name === 'latest' ? readLatest(cell) : READ_DETAIL[name](cell)
}

/** By `keyOf`. While the cells of one statement are read, the database is at the next. */
async function readCells(db: Db, wanted: readonly WantedCell[]): Promise<Map<string, Sized>> {
  const found = new Map<string, Sized>()
  const turn = cache.begin()
  const missing = wanted.filter((one) => {
    const known = cache.get(keyOf(one), turn)
    if (known) found.set(keyOf(one), known)
    return !known
  })
  const statements = [...Map.groupBy(missing, ({ name }) => name).values()].flatMap((ofName) => inParts(ofName))
  const load = (part: readonly WantedCell[]) => {
    const days = part.map(({ day }) => day)
    const loading = loadDayCells(db, part[0]!.name, days)
    // Where the statement before it fails, that is what the caller is told.
    loading.catch(() => {})
    return loading
  }
  let next = statements[0] && load(statements[0])
  for (const [index, part] of statements.entries()) {
    const cells = await next!
    next = statements[index + 1] && load(statements[index + 1]!)
    await Promise.all(
      part.map(async (one) => {
        const value = readWanted(one, await readCellAside(cells.get(one.day.contentHash)!))
        found.set(keyOf(one), value)
        cache.set(keyOf(one), value, turn)
      }),
    )
  }
  return found
}

function inParts<Member>(members: readonly Member[]): Member[][] {
  const parts: Member[][] = []
  for (let from = 0; from < members.length; from += DAYS_A_STATEMENT) {
    parts.push(members.slice(from, from + DAYS_A_STATEMENT))
  }
  return parts
}
