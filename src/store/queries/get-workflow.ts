import { eq } from 'drizzle-orm'
import type { Workflow, WorkflowSettings } from '../../domain/workflow.ts'
import type { Db } from '../client.ts'
import { workflows } from '../schema/settings.ts'

/** Unit of a workflow for which nobody has set one. */
const DEFAULT_UNIT = 'item'

export async function getWorkflow(db: Db, name: string): Promise<Workflow | null> {
  const [row] = await db.select().from(workflows).where(eq(workflows.name, name))
  return row ? toWorkflow(row) : null
}

export function toWorkflow(row: { name: string; settings: WorkflowSettings | null }): Workflow {
  return { unit: DEFAULT_UNIT, ...row.settings, name: row.name }
}
