import { type SQL, sql } from 'drizzle-orm'
import { type Db, selectRows } from '../client.ts'
import { copyRows } from '../copy-rows.ts'
import { itemDays } from '../schema/item-days.ts'
import type { TouchedQuery } from './list-touched-work-items.ts'
import { RUN_DETAILS, type RunDetail } from './run-fact-rows.ts'
import type { ItemDay } from './unpacked-items.ts'

export const DAY_CELLS = ['figures', 'latest', ...RUN_DETAILS] as const
export type DayCell = 'figures' | 'latest' | RunDetail

/** A packed day without its cells. Instants are milliseconds since 1970. */
export interface PackedDay extends ItemDay, Record<string, unknown> {
  reach: number
  format: number
  contentHash: string
  items: number
  lastAt: number
  recordedAt: number
}

const epoch = (column: string): SQL => sql`round(date_part('epoch', ${sql.identifier(column)}) * 1000)`
const META = sql`workflow, day::text as day, reach, format, content_hash as "contentHash", items, ${epoch('last_at')} as "lastAt",
  ${epoch('recorded_at')} as "recordedAt"`

/** The packed days on whose items anything happened inside the bounds of a query. */
export async function listPackedDays(
  db: Db,
  queries: readonly Pick<TouchedQuery, 'workflow' | 'bounds'>[],
): Promise<PackedDay[]> {
  const overlaps = queries.map(
    ({ workflow, bounds }) =>
      sql`(${workflow === undefined ? sql`true` : sql`workflow = ${workflow}`}
        and last_at >= ${bounds.from.toISOString()}::timestamptz and first_at < ${bounds.to.toISOString()}::timestamptz)`,
  )
  return selectRows(
    db,
    sql`select ${META} from item_days where ${sql.join(overlaps, sql` or `)} order by workflow collate "C", day, reach`,
  )
}

/** Whether any of the day is packed in a form before `format`. */
export async function isPackedBefore(db: Db, { workflow, day }: ItemDay, format: number): Promise<boolean> {
  const rows = await selectRows(
    db,
    sql`select from item_days where workflow = ${workflow} and day = ${day}::date and format < ${format} limit 1`,
  )
  return rows.length > 0
}

/** The packed days of one day, with every cell. */
export async function loadPackedDay(
  db: Db,
  { workflow, day }: ItemDay,
): Promise<(PackedDay & Record<DayCell, Uint8Array>)[]> {
  const cells = sql.raw(DAY_CELLS.join(', '))
  return selectRows(
    db,
    sql`select ${META}, ${cells} from item_days where workflow = ${workflow} and day = ${day}::date`,
  )
}

/** One cell of several packed days, by content hash. */
export async function loadDayCells(
  db: Db,
  cell: DayCell,
  days: readonly PackedDay[],
): Promise<Map<string, Uint8Array>> {
  if (days.length === 0) return new Map()
  const wanted = JSON.stringify(days.map(({ workflow, day, reach }) => ({ workflow, day, reach })))
  const digits = Buffer.from(wanted).toString('hex')
  const rows = await copyRows(
    db,
    `select content_hash, ${cell} from item_days
      join json_to_recordset(convert_from(decode('${digits}', 'hex'), 'UTF8')::json) as wanted(workflow text, day date, reach smallint)
      using (workflow, day, reach)`,
  )
  return new Map(rows.map(([hash, bytes]) => [Buffer.from(hash!).toString('utf8'), bytes!]))
}

export type NewPackedDay = typeof itemDays.$inferInsert

/** Puts what a day consists of now in place of what it consisted of. */
export async function replacePackedDay(
  tx: Db,
  { workflow, day }: ItemDay,
  rows: readonly NewPackedDay[],
): Promise<void> {
  await tx.execute(sql`delete from item_days where workflow = ${workflow} and day = ${day}::date`)
  for (const row of rows) await tx.insert(itemDays).values(row)
}
