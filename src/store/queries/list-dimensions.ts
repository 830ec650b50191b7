import { sql } from 'drizzle-orm'
import type { Dimension } from '../../domain/workspace.ts'
import { type Db, selectRows } from '../client.ts'

/** Latest work items (and runs) of each workflow that are looked at: enough to know its segments, however many there are. */
const SAMPLE = 1500
const MOST_VALUES = 200
const LONGEST_VALUE = 60
/** More different values than this share of its items, and the attribute names single items, not segments. */
const IDENTIFYING_SHARE = 0.5
const FEWEST_IDENTIFYING = 50

type ValueRow = { workflow: string; name: string; value: string; items: number }

/**
 * The segment dimensions of each workflow with their values, most frequent first: attributes of its latest work items, and
 * model, prompt version and agent version of its latest runs.
 */
export async function listDimensions(db: Db, workflows: readonly string[]): Promise<Dimension[]> {
  const rows: ValueRow[] = []
  // One after another: the embedded database has one connection.
  for (const workflow of workflows) {
    rows.push(...(await attributeValues(db, workflow)), ...(await agentValues(db, workflow)))
  }
  return toDimensions(rows)
}

function attributeValues(db: Db, workflow: string): Promise<ValueRow[]> {
  return selectRows<ValueRow>(
    db,
    sql`select ${workflow}::text as workflow, pair.key as name, pair.value as value, count(*)::float8 as items
        from (select attributes from work_items where workflow = ${workflow} order by started_at desc limit ${SAMPLE}) item
        cross join lateral jsonb_each_text(item.attributes) as pair(key, value)
        where pair.value is not null and length(pair.value) between 1 and ${LONGEST_VALUE}
        group by pair.key, pair.value`,
  )
}

function agentValues(db: Db, workflow: string): Promise<ValueRow[]> {
  return selectRows<ValueRow>(
    db,
    sql`with run as (
          select prompt_version, agent_version, models from run_facts
          where workflow = ${workflow} and known_until is null order by started_at desc limit ${SAMPLE})
        select ${workflow}::text as workflow, name, value, count(*)::float8 as items from (
          select 'promptVersion' as name, prompt_version as value from run
          union all select 'agentVersion', agent_version from run
          union all select 'model', model.value ->> 'model' from run cross join lateral jsonb_array_elements(run.models) as model(value)
        ) named where value is not null and length(value) between 1 and ${LONGEST_VALUE}
        group by name, value`,
  )
}

function toDimensions(rows: readonly ValueRow[]): Dimension[] {
  const byName = new Map<string, ValueRow[]>()
  for (const row of rows) byName.set(row.name, [...(byName.get(row.name) ?? []), row])
  return [...byName]
    .filter(([, values]) => !identifiesItems(values))
    .map(([name, values]) => {
      const counts = new Map<string, number>()
      for (const { value, items } of values) counts.set(value, (counts.get(value) ?? 0) + items)
      const ranked = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
      return {
        name,
        values: ranked.slice(0, MOST_VALUES).map(([value]) => value),
        workflows: [...new Set(values.map((row) => row.workflow))].sort(),
      }
    })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
}

function identifiesItems(values: readonly ValueRow[]): boolean {
  const items = values.reduce((sum, row) => sum + row.items, 0)
  return values.length > FEWEST_IDENTIFYING && values.length > items * IDENTIFYING_SHARE
}
