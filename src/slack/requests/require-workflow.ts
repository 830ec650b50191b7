import { createHash } from 'node:crypto'
import { canonicalJson } from '../../domain/canonical-json.ts'
import { Problem } from '../../domain/problem.ts'
import type { Workflow } from '../../domain/workflow.ts'
import type { SlackDependencies } from '../dependencies.ts'
import type { WorkflowWithDimensions } from '../services.ts'

/** A workflow by its name, in whatever case; throws a Problem that names the known ones. */
export async function requireWorkflow(
  { services }: Pick<SlackDependencies, 'services'>,
  name: string,
): Promise<WorkflowWithDimensions> {
  const exact = await services.loadWorkflow(name)
  if (exact) return exact
  const names = await services.listWorkflowNames()
  const other = names.find((known) => known.toLowerCase() === name.toLowerCase())
  const loaded = other === undefined ? null : await services.loadWorkflow(other)
  if (loaded) return loaded
  throw new Problem('unknown_workflow', `I know no workflow “${name}”.`, {
    nextStep: `Known: ${names.join(', ') || 'none yet'}.`,
  })
}

/** Tells whether settings are still those that somebody saw. */
export function hashSettings(workflow: Workflow): string {
  return createHash('sha256').update(canonicalJson(workflow)).digest('hex').slice(0, 16)
}
