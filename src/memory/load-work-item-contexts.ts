import type { Db } from '../store/client.ts'
import {
  loadOutcomesOfItems,
  loadOverridesOfItems,
  loadWorkItemAttributes,
  type RowKey,
  type StoryFact,
} from '../store/queries/memory-sources.ts'
import type { WorkItemContext } from './entries/work-item-context.ts'

export interface WorkItemContexts {
  get(workflow: string, workItemId: string): WorkItemContext | undefined
}

/**
 * What is known of work items beside one row. Attributes come from the projected work item, and from its runs where it
 * has not been projected yet.
 */
export async function loadWorkItemContexts(
  db: Db,
  items: readonly RowKey[],
  runs: readonly Pick<StoryFact, 'workflow' | 'workItemId' | 'workItemAttributes'>[],
): Promise<WorkItemContexts> {
  const keyOf = (workflow: string, id: string) => JSON.stringify([workflow, id])
  const contexts = new Map<string, WorkItemContext>(
    items.map(({ workflow, id }) => [keyOf(workflow, id), { attributes: {}, outcomes: [], overrides: [] }]),
  )
  for (const run of runs) {
    const context = contexts.get(keyOf(run.workflow, run.workItemId))
    if (context) context.attributes = { ...context.attributes, ...run.workItemAttributes }
  }
  for (const { workflow, id, attributes } of items.length > 0 ? await loadWorkItemAttributes(db, items) : []) {
    const context = contexts.get(keyOf(workflow, id))
    if (context) context.attributes = { ...context.attributes, ...attributes }
  }
  for (const outcome of items.length > 0 ? await loadOutcomesOfItems(db, items) : []) {
    contexts.get(keyOf(outcome.workflow, outcome.workItemId))?.outcomes.push(outcome)
  }
  for (const override of items.length > 0 ? await loadOverridesOfItems(db, items) : []) {
    contexts.get(keyOf(override.workflow, override.workItemId))?.overrides.push(override)
  }
  return { get: (workflow, workItemId) => contexts.get(keyOf(workflow, workItemId)) }
}
