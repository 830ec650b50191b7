import { sql } from 'drizzle-orm'
import type { RepricingResult } from '../../domain/repricing.ts'
import { type Db, selectRows } from '../client.ts'
import type { Reattribution } from './reattributions.ts'

/**
 * The calls whose price changed when their run's version of before `requestedAt` was followed by another. A difference of one
 * micro-dollar is the rounding of a neighbour (a run is rounded as a whole), not another price.
 */
export async function countRepricedCalls(
  db: Db,
  { workflow, from, to, requestedAt }: Pick<Reattribution, 'workflow' | 'from' | 'to' | 'requestedAt'>,
): Promise<Omit<RepricingResult, 'finishedAt'>> {
  const since = sql`${requestedAt.toISOString()}::timestamptz`
  const [row] = await selectRows<Omit<RepricingResult, 'finishedAt'>>(
    db,
    sql`select count(*)::float8 as calls,
          (count(*) filter (where was.cost is null))::float8 as "unknownBefore",
          (count(*) filter (where now.cost is null))::float8 as "unknownNow",
          coalesce(sum(was.cost), 0)::float8 as "beforeMicros", coalesce(sum(now.cost), 0)::float8 as "nowMicros"
        from run_facts before
        join run_facts after on after.trace_id = before.trace_id and after.known_from = before.known_until
        cross join lateral (${callsOf('before')}) as was
        join lateral (${callsOf('after')}) as now on now.span_id = was.span_id
        where before.known_from < ${since} and before.known_until >= ${since}
          and before.started_at >= ${from.toISOString()}::timestamptz
          and ${to ? sql`before.started_at < ${to.toISOString()}::timestamptz` : sql`true`}
          and ${workflow === null ? sql`true` : sql`before.workflow = ${workflow}`}
          and (was.source is distinct from now.source or (was.cost is null) <> (now.cost is null)
               or abs(was.cost - now.cost) > 1)`,
  )
  return row!
}

function callsOf(version: 'before' | 'after') {
  return sql`select "spanId" as span_id, "costMicros" as cost, "priceSource" as source
    from jsonb_to_recordset(${sql.raw(version)}.attributed_spans)
      as span("spanId" text, counted boolean, "costMicros" bigint, "priceSource" text)
    where counted`
}
