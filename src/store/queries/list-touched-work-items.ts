import { type SQL, sql } from 'drizzle-orm'
import { CLOSING_STATUSES } from '../../domain/outcome.ts'
import { type Db, selectRows } from '../client.ts'
import type { WorkItemKey } from './work-item-keys.ts'

export interface TouchedQuery {
  workflow?: string | undefined
  /** Half-open. */
  bounds: { from: Date; to: Date }
  asOf: Date
  knownAt: Date | null
}

/** Items whose holding outcome, as of the standpoint, closes them and took effect inside the bounds. */
export function listClosedWorkItems(db: Db, query: TouchedQuery): Promise<WorkItemKey[]> {
  const closing = sql.join(
    CLOSING_STATUSES.map((status) => sql`${status}`),
    sql`, `,
  )
  return selectRows<WorkItemKey & Record<string, unknown>>(
    db,
    sql`with candidates as (
          select distinct work_item_id, workflow from outcomes
          where ${ofWorkflow(query)} and ${inBounds(query, 'occurred_at')} and ${happened(query)} and status in (${closing})
        ), holding as (
          select distinct on (work_item_id, workflow) work_item_id, workflow, status, occurred_at
          from outcomes join candidates using (work_item_id, workflow)
          where ${happened(query)}
          order by work_item_id, workflow, occurred_at desc, recorded_at desc, id collate "C" desc
        )
        select work_item_id as "workItemId", workflow from holding
        where ${inBounds(query, 'occurred_at')} and status in (${closing})`,
  )
}

/** Items with a run that started, or an override that happened, inside the bounds. */
export function listActiveWorkItems(db: Db, query: TouchedQuery): Promise<WorkItemKey[]> {
  const versions = query.knownAt
    ? sql`known_from <= ${at(query.knownAt)} and (known_until is null or known_until > ${at(query.knownAt)})`
    : sql`known_until is null`
  return selectRows<WorkItemKey & Record<string, unknown>>(
    db,
    sql`select work_item_id as "workItemId", workflow from run_facts
        where ${ofWorkflow(query)} and ${inBounds(query, 'started_at')} and started_at <= ${at(query.asOf)} and ${versions}
        union
        select work_item_id, workflow from overrides
        where ${ofWorkflow(query)} and ${inBounds(query, 'occurred_at')} and ${happened(query)}`,
  )
}

const at = (instant: Date): SQL => sql`${instant.toISOString()}::timestamptz`

const ofWorkflow = ({ workflow }: TouchedQuery): SQL =>
  workflow === undefined ? sql`true` : sql`workflow = ${workflow}`

function inBounds({ bounds }: TouchedQuery, column: string): SQL {
  return sql`${sql.identifier(column)} >= ${at(bounds.from)} and ${sql.identifier(column)} < ${at(bounds.to)}`
}

function happened({ asOf, knownAt }: TouchedQuery): SQL {
  const known = knownAt ? sql`recorded_at <= ${at(knownAt)}` : sql`true`
  return sql`occurred_at <= ${at(asOf)} and ${known}`
}
