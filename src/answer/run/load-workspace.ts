import { dateIn } from '../../domain/period.ts'
import type { Standpoint } from '../../domain/plan.ts'
import type { Workflow } from '../../domain/workflow.ts'
import type { Workspace } from '../../domain/workspace.ts'
import type { Db } from '../../store/client.ts'
import { findLastActivity } from '../../store/queries/find-activity.ts'
import { findFirstActivity } from '../../store/queries/find-first-activity.ts'
import { listDimensions } from '../../store/queries/list-dimensions.ts'
import { listWorkflows } from '../../store/queries/list-workflows.ts'

/** The unit that a workflow has before anybody has set one: it names nothing. */
const UNSET_UNIT = 'item'

/** What a question can be about, as of a standpoint: workflows with their first and last day of work, and dimensions. */
export async function loadWorkspace(
  db: Db,
  standpoint: Standpoint,
): Promise<{ workspace: Workspace; workflows: Workflow[] }> {
  const { asOf, knownAt, timeZone } = standpoint
  const workflows = await listWorkflows(db)
  const known: Workspace['workflows'] = []
  // One after another: the embedded database has one connection.
  for (const { name, unit } of workflows) {
    const first = await findFirstActivity(db, { workflow: name, to: asOf, knownAt })
    const last = await findLastActivity(db, { workflow: name, to: new Date(asOf.getTime() + 1), knownAt })
    known.push({
      name,
      unit: unit === UNSET_UNIT ? null : unit,
      firstDay: first && dateIn(first, timeZone),
      lastDay: last && dateIn(last, timeZone),
    })
  }
  const dimensions = await listDimensions(
    db,
    workflows.map((workflow) => workflow.name),
  )
  return { workspace: { workflows: known, dimensions }, workflows }
}
