import type { WorkItemFact } from '../../domain/facts.ts'
import { chooseDimension } from './choose-dimension.ts'
import type { SegmentNamer } from './context-needs.ts'
import { AGENT_DIMENSIONS, dimensionNamed, NOT_GIVEN, RUN_PARTS, valueOfItem } from './item-dimensions.ts'
import type { EconomicsParameters } from './parameters.ts'

/**
 * The segments inside which items are held against one another: of the dimension asked for, else of the attribute that
 * separates cost most. Never one of the agent's side, which is what is being judged.
 */
export function nameSegments(
  items: readonly WorkItemFact[],
  parameters: EconomicsParameters,
): { dimension: string | null; segmentOf: SegmentNamer } {
  const { groupBy, workflow, timeZone, filters } = parameters
  const asked = groupBy ? dimensionNamed(groupBy, items) : null
  const isAgentSide = asked !== null && ([...AGENT_DIMENSIONS, ...RUN_PARTS] as readonly string[]).includes(asked)
  const dimension =
    asked !== null && !isAgentSide
      ? asked
      : chooseDimension(items, workflow, timeZone, [...AGENT_DIMENSIONS, ...Object.keys(filters)])
  const segmentOf = (item: WorkItemFact) =>
    dimension === null ? 'all items' : (valueOfItem(item, dimension, timeZone) ?? NOT_GIVEN)
  return { dimension, segmentOf }
}
