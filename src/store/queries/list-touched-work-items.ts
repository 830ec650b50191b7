import { type SQL, sql } from 'drizzle-orm'
import { CLOSING_STATUSES } from '../../domain/outcome.ts'
import { outcomeRank } from './outcome-rank.ts'

export interface TouchedQuery {
  /** `closed`: the outcome that holds closes the item, and took effect inside the bounds; `active`: a run or an override there. */
  touched: 'closed' | 'active'
  workflow?: string | undefined
  /** Half-open. */
  bounds: { from: Date; to: Date }
  asOf: Date
  knownAt: Date | null
}

/** A subquery of (work_item_id, workflow): the items that any of the queries touches; at least one query. */
export function selectTouched(queries: readonly TouchedQuery[]): SQL {
  return sql.join(
    queries.map((query) => (query.touched === 'closed' ? selectClosed(query) : selectActive(query))),
    sql` union all `,
  )
}

/**
 * Items whose holding outcome, as of the standpoint, closes them and took effect inside the bounds: no later one follows it.
 * That a later one is after the bounds' start goes without saying, but lets the database pass over older ones.
 */
function selectClosed(query: TouchedQuery): SQL {
  const closing = sql.join(
    CLOSING_STATUSES.map((status) => sql`${status}`),
    sql`, `,
  )
  return sql`select closing.work_item_id, closing.workflow from outcomes closing
      where ${ofWorkflow(query)} and ${inBounds(query, 'occurred_at')} and ${happened(query)} and status in (${closing})
        and not exists (
          select 1 from outcomes where outcomes.work_item_id = closing.work_item_id and outcomes.workflow = closing.workflow
            and outcomes.occurred_at >= closing.occurred_at and outcomes.occurred_at >= ${at(query.bounds.from)}
            and ${happened(query, 'outcomes.')}
            and (outcomes.occurred_at, ${outcomeRank(sql`outcomes.status`)}, outcomes.id collate "C")
              > (closing.occurred_at, ${outcomeRank(sql`closing.status`)}, closing.id collate "C"))`
}

/** Items with a run that started, or an override that happened, inside the bounds. */
function selectActive(query: TouchedQuery): SQL {
  const versions = query.knownAt
    ? sql`known_from <= ${at(query.knownAt)} and (known_until is null or known_until > ${at(query.knownAt)})`
    : sql`known_until is null`
  return sql`select work_item_id, workflow from run_facts
      where ${ofWorkflow(query)} and ${inBounds(query, 'started_at')} and started_at <= ${at(query.asOf)} and ${versions}
      union all
      select work_item_id, workflow from overrides
      where ${ofWorkflow(query)} and ${inBounds(query, 'occurred_at')} and ${happened(query)}`
}

const at = (instant: Date): SQL => sql`${instant.toISOString()}::timestamptz`

const ofWorkflow = ({ workflow }: TouchedQuery): SQL =>
  workflow === undefined ? sql`true` : sql`workflow = ${workflow}`

function inBounds({ bounds }: TouchedQuery, column: string): SQL {
  return sql`${sql.identifier(column)} >= ${at(bounds.from)} and ${sql.identifier(column)} < ${at(bounds.to)}`
}

function happened({ asOf, knownAt }: TouchedQuery, of = ''): SQL {
  const known = knownAt ? sql`${sql.raw(of)}recorded_at <= ${at(knownAt)}` : sql`true`
  return sql`${sql.raw(of)}occurred_at <= ${at(asOf)} and ${known}`
}
