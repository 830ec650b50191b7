import type { AttributeColumn } from '../../attribution/item-days/day-figures.ts'
import type { DayReading } from '../../attribution/item-days/day-reading.ts'
import type { ItemList } from '../../attribution/item-days/item-list.ts'
import { ItemView } from '../../attribution/item-days/item-view.ts'
import { chooseDimension } from './choose-dimension.ts'
import { codeItems } from './code-items.ts'
import type { SegmentNamer } from './context-needs.ts'
import { AGENT_DIMENSIONS, dimensionNamed, NOT_GIVEN, RUN_PARTS, textOf, valueOfItem } from './item-dimensions.ts'
import type { EconomicsParameters } from './parameters.ts'

/**
 * The segments inside which items are held against one another: of the dimension asked for, else of the attribute that
 * separates cost most. Never one of the agent's side, which is what is being judged.
 */
export function nameSegments(
  items: ItemList,
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

/** The segment of each item, by place: a code that items of the same segment share. */
export function codeSegments(items: ItemList, dimension: string | null, timeZone: string): Uint32Array {
  if (dimension === null) return new Uint32Array(items.length)
  const { codes, values } = codeItems(items, dimension, timeZone)
  const codeOf = new Map(values.map((value, code) => [value ?? NOT_GIVEN, code]))
  for (let place = 0; place < codes.length; place++) codes[place] = codeOf.get(values[codes[place]!] ?? NOT_GIVEN)!
  return codes
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
