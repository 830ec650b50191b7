import type { WorkItemFact } from '../domain/facts.ts'
import { giveBack } from '../domain/give-back.ts'
import type { Db } from '../store/client.ts'
import { listPackedDays } from '../store/queries/item-days.ts'
import { type LooseItem, listLooseItems, listLooseItemsOfDays } from '../store/queries/loose-items.ts'
import { planForManyRows } from '../store/queries/plan-for-many-rows.ts'
import { RUN_DETAILS, type RunDetail } from '../store/queries/run-fact-rows.ts'
import type { WorkItemKey } from '../store/queries/work-item-keys.ts'
import { type ItemQuery, isTouched } from './is-touched.ts'
import type { ItemList } from './item-days/item-list.ts'
import { readDays } from './item-days/read-days.ts'
import { type Standpoint, selectRowsOfDay } from './item-days/select-rows.ts'
import { loadCorrectionRates, loadFacts } from './load-work-item-facts.ts'
import { type DayRows, mergeFacts } from './sort-facts.ts'

export interface WorkItemFactsQuery extends ItemQuery {
  standpoint: Standpoint
}

/**
 * Facts of the items that a period touches, each with its whole life up to the standpoint. An item known by outcomes or
 * overrides alone has no runs and no cost.
 */
export async function loadWorkItemFacts(db: Db, query: WorkItemFactsQuery): Promise<WorkItemFact[]> {
  const { standpoint, ...touched } = query
  return [...(await loadTouchedFacts(db, [touched], standpoint))]
}

/** More items than this are found by the database; fewer are named to it. */
const MOST_NAMED = 5000

/**
 * Facts of the items that any of the queries touches, each once, by workflow, start and id. `details`: the parts that are
 * needed beside the figures; reading another one throws. Most come from the packed days of the period; what changed since its
 * day was packed, and what looked different from the standpoint, is read from its rows.
 */
export async function loadTouchedFacts(
  db: Db,
  queries: readonly ItemQuery[],
  standpoint: Standpoint,
  details: readonly RunDetail[] = RUN_DETAILS,
): Promise<ItemList> {
  if (queries.length === 0) return []
  // One snapshot of days, marks and rows, so that an item is in just one of them.
  return db.transaction((tx) => loadFromSnapshot(tx, queries, standpoint, details), {
    isolationLevel: 'repeatable read',
  })
}

async function loadFromSnapshot(
  tx: Db,
  queries: readonly ItemQuery[],
  standpoint: Standpoint,
  details: readonly RunDetail[],
): Promise<ItemList> {
  await planForManyRows(tx)
  const packed = await listPackedDays(tx, queries)
  const loose = await listLooseItems(tx, standpoint.knownAt, MOST_NAMED)
  const ofDays = loose.isMore && packed.length > 0 ? await listLooseItemsOfDays(tx) : loose.items
  const fromRows: WorkItemFact[] = []
  if (loose.isMore) {
    const touched = queries.map((query) => ({ ...query, ...standpoint }))
    for (const fact of await loadFacts(tx, { touched }, standpoint, details)) fromRows.push(fact)
  }
  const keys: WorkItemKey[] = [...loose.items]
  const skipped = groupByDay(ofDays)
  const days = await readDays(tx, packed, details, standpoint, await loadCorrectionRates(tx))
  const parts = days.map((day): DayRows => {
    const { figures } = day.reading
    const rows = selectRowsOfDay(day, queries, standpoint, skipped.get(dayKey(figures)))
    for (const row of rows.late) keys.push({ workflow: figures.workflow, workItemId: figures.id.at(row) })
    return { reading: day.reading, rows: rows.touched }
  })
  if (keys.length > 0) {
    for (const fact of await loadFacts(tx, { keys }, standpoint, details)) {
      if (isTouched(fact, queries)) fromRows.push(fact)
    }
  }
  const items = mergeFacts(parts, fromRows)
  // They are copied into it.
  giveBack(...parts.map(({ rows }) => rows))
  return items
}

function groupByDay(items: readonly LooseItem[]): Map<string, Set<string>> {
  const groups = new Map<string, Set<string>>()
  for (const { workflow, workItemId, day } of items) {
    if (day === null) continue
    const key = dayKey({ workflow, day })
    groups.set(key, (groups.get(key) ?? new Set()).add(workItemId))
  }
  return groups
}

const dayKey = ({ workflow, day }: { workflow: string; day: string }): string => `${day} ${workflow}`
