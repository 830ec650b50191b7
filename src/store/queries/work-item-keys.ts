import { type AnyColumn, type SQL, sql } from 'drizzle-orm'

export interface WorkItemKey {
  workflow: string
  workItemId: string
}

/** One text for a key, to group by. */
export function keyOfWorkItem(key: WorkItemKey): string {
  return `${key.workflow}\u0000${key.workItemId}`
}

/** Rows of the given items, in one parameter however many they are. */
export function ofWorkItems(
  columns: { workItemId: AnyColumn; workflow: AnyColumn },
  keys: readonly WorkItemKey[],
): SQL {
  const list = JSON.stringify(keys.map((key) => [key.workItemId, key.workflow]))
  return sql`(${columns.workItemId}, ${columns.workflow}) in
    (select pair ->> 0, pair ->> 1 from jsonb_array_elements(${list}::text::jsonb) as pair)`
}
