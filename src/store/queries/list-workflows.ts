import type { Workflow } from '../../domain/workflow.ts'
import type { Db } from '../client.ts'
import { workflows } from '../schema/settings.ts'
import { toWorkflow } from './get-workflow.ts'

/** Every workflow that is known, by name. */
export async function listWorkflows(db: Db): Promise<Workflow[]> {
  const rows = await db.select().from(workflows)
  return rows.map(toWorkflow).sort((a, b) => (a.name < b.name ? -1 : 1))
}
