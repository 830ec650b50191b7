import type { AttributeColumn } from '../../attribution/item-days/day-figures.ts'
import type { DayReading } from '../../attribution/item-days/day-reading.ts'
import { ItemView } from '../../attribution/item-days/item-view.ts'
import type { WorkItemFact } from '../../domain/facts.ts'
import { chooseDimension } from './choose-dimension.ts'
import type { SegmentNamer } from './context-needs.ts'
import { AGENT_DIMENSIONS, dimensionNamed, NOT_GIVEN, RUN_PARTS, textOf, valueOfItem } from './item-dimensions.ts'
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
  return { dimension, segmentOf: dimension === null ? () => 'all items' : namerOf(dimension, timeZone) }
}

/** Of items of one packed day each value is named once. */
function namerOf(dimension: string, timeZone: string): SegmentNamer {
  let reading: DayReading | null = null
  let column: AttributeColumn | undefined
  let names: (string | null)[] = []
  return (item) => {
    if (item instanceof ItemView) {
      if (item.reading !== reading) {
        reading = item.reading
        column = reading.figures.attributes.get(dimension)
        names = column?.values.map((value) => textOf(value)) ?? []
      }
      const code = column?.codes[item.row] ?? 0
      if (code > 0) return names[code - 1]!
    }
    return valueOfItem(item, dimension, timeZone) ?? NOT_GIVEN
  }
}
