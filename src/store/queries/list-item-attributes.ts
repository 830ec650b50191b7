import { desc, eq } from 'drizzle-orm'
import type { AttributeValue } from '../../domain/span.ts'
import type { Db } from '../client.ts'
import { workItems } from '../schema/facts.ts'

/** Attributes of a workflow's latest work items. */
export async function listItemAttributes(
  db: Db,
  workflow: string,
  limit: number,
): Promise<Record<string, AttributeValue>[]> {
  const rows = await db
    .select({ attributes: workItems.attributes })
    .from(workItems)
    .where(eq(workItems.workflow, workflow))
    .orderBy(desc(workItems.startedAt), workItems.workItemId)
    .limit(limit)
  return rows.map((row) => row.attributes)
}
