import type { Db } from '../../store/client.ts'
import { listItemAttributes } from '../../store/queries/list-item-attributes.ts'
import { type FoundDimension, findDimensions } from './find-dimensions.ts'

/** Latest work items that are looked at: enough to know the attributes, however many items there are. */
const SAMPLE = 2000

/** The dimensions of a workflow, found in the attributes of its latest items; `items` is how many were looked at. */
export async function findWorkflowDimensions(
  db: Db,
  workflow: string,
): Promise<{ items: number; dimensions: FoundDimension[] }> {
  const attributes = await listItemAttributes(db, workflow, SAMPLE)
  return { items: attributes.length, dimensions: findDimensions(attributes) }
}
