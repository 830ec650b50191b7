import type { WorkflowSettings } from '../../domain/workflow.ts'
import type { Db } from '../client.ts'
import { workflows } from '../schema/settings.ts'

/** Sets a workflow's settings as a whole, making it known where it was not. */
export async function putWorkflow(db: Db, name: string, settings: WorkflowSettings, now: Date): Promise<void> {
  await db
    .insert(workflows)
    .values({ name, settings, firstSeenAt: now, updatedAt: now })
    .onConflictDoUpdate({ target: workflows.name, set: { settings, updatedAt: now } })
}
