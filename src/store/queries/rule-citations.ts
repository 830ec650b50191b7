import { type SQL, sql } from 'drizzle-orm'
import { type Db, selectRows } from '../client.ts'

export interface CitationCount extends Record<string, unknown> {
  workflow: string
  /** In lower case: people write ids as they like. */
  rule: string
  overrides: number
  decisions: number
}

/** What happened by `asOf` and was recorded by `knownAt`; null: no limit. */
interface Limits {
  asOf: Date | null
  knownAt: Date | null
}

const within = ({ asOf, knownAt }: Limits): SQL =>
  sql`${asOf ? sql`occurred_at <= ${asOf.toISOString()}::timestamptz` : sql`true`}
    and ${knownAt ? sql`recorded_at <= ${knownAt.toISOString()}::timestamptz` : sql`true`}`

/** How many overrides and saved decisions name each rule. */
export const countRuleCitations = (db: Db, workflow: string | null, limits: Limits): Promise<CitationCount[]> =>
  selectRows(
    db,
    sql`with cited as (
        select workflow, lower(rule) as rule, 1 as override, 0 as decision from overrides where rule is not null and ${within(limits)}
        union all select workflow, lower(rule), 0, 1 from saved_decisions where rule is not null and ${within(limits)}
      ) select workflow, rule, sum(override)::float8 as overrides, sum(decision)::float8 as decisions
      from cited where ${workflow === null ? sql`true` : sql`workflow = ${workflow}`} group by workflow, rule`,
  )

export interface RuleUse extends Record<string, unknown> {
  kind: 'override' | 'decision'
  id: string
  workItemId: string | null
  title: string
  actor: string
  occurredAt: string
}

/** The overrides and saved decisions that name a rule, newest first. */
export const listRuleUses = (
  db: Db,
  { workflow, id }: { workflow: string; id: string },
  limits: Limits,
  most: number,
): Promise<RuleUse[]> =>
  selectRows(
    db,
    sql`select kind, id, work_item_id as "workItemId", title, actor, to_json(occurred_at) #>> '{}' as "occurredAt" from (
        select 'override' as kind, id, work_item_id, agent_decision || ' → ' || human_decision || ': ' || reason as title,
          actor, occurred_at from overrides
        where workflow = ${workflow} and lower(rule) = lower(${id}) and ${within(limits)}
        union all
        select 'decision', id, work_item_id, title, actor, occurred_at from saved_decisions
        where workflow = ${workflow} and lower(rule) = lower(${id}) and ${within(limits)}
      ) as used order by occurred_at desc, id limit ${most}`,
  )

/** How many runs name the rule in a decision. */
export const countRunsByRule = async (
  db: Db,
  { workflow, id }: { workflow: string; id: string },
  { asOf, knownAt }: Limits,
): Promise<number> => {
  const held = knownAt
    ? sql`known_from <= ${knownAt.toISOString()}::timestamptz and (known_until is null or known_until > ${knownAt.toISOString()}::timestamptz)`
    : sql`known_until is null`
  const [row] = await selectRows<{ runs: number }>(
    db,
    sql`select count(*)::float8 as runs from run_facts
      where workflow = ${workflow} and rules ? ${id} and ${held}
        and ${asOf ? sql`started_at <= ${asOf.toISOString()}::timestamptz` : sql`true`}`,
  )
  return row?.runs ?? 0
}
