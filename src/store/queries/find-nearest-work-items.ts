import { sql } from 'drizzle-orm'
import { distance } from 'fastest-levenshtein'
import { type Db, selectRows } from '../client.ts'
import type { WorkItemKey } from './work-item-keys.ts'

/** Ids that are compared letter by letter, at most. */
const CANDIDATES = 2000
/** How much of a short id may differ; a longer one may differ by this share of its length. */
const MIN_EDITS = 2
const EDIT_SHARE = 0.34

/**
 * Work items whose id is or resembles `typed`, the nearest first: the same id, then the fewest edits, then by id. Looks
 * among ids that share its beginning, its end, or its longest number.
 */
export async function findNearestWorkItems(
  db: Db,
  typed: string,
  options: { workflow?: string | undefined; limit?: number } = {},
): Promise<WorkItemKey[]> {
  const wanted = typed.trim().toLowerCase()
  if (wanted === '') return []
  const digits = (wanted.match(/\d+/g) ?? []).reduce(
    (longest, run) => (run.length > longest.length ? run : longest),
    '',
  )
  const half = Math.max(2, Math.floor(wanted.length / 2))
  const patterns = [`${like(wanted.slice(0, half))}%`, `%${like(wanted.slice(-half))}`]
  if (digits.length >= 2) patterns.push(`%${like(digits)}%`, `%${like(digits.slice(0, -1))}%`)
  const ofWorkflow = options.workflow === undefined ? sql`true` : sql`workflow = ${options.workflow}`
  const rows = await selectRows<WorkItemKey & Record<string, unknown>>(
    db,
    sql`select work_item_id as "workItemId", workflow from work_items
        where ${ofWorkflow} and lower(work_item_id) like any (
          select jsonb_array_elements_text(${JSON.stringify(patterns)}::text::jsonb))
        order by abs(length(work_item_id) - ${wanted.length}), started_at desc nulls last, work_item_id limit ${CANDIDATES}`,
  )
  const tolerance = Math.max(MIN_EDITS, Math.floor(wanted.length * EDIT_SHARE))
  return rows
    .map((row) => ({ row, edits: row.workItemId === typed ? -1 : distance(wanted, row.workItemId.toLowerCase()) }))
    .filter(({ edits }) => edits <= tolerance)
    .sort((a, b) => a.edits - b.edits || (a.row.workItemId < b.row.workItemId ? -1 : 1))
    .slice(0, options.limit ?? 3)
    .map(({ row }) => ({ workflow: row.workflow, workItemId: row.workItemId }))
}

const like = (text: string): string => text.replace(/[\\%_]/g, '\\$&')
