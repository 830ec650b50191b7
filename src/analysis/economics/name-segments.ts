import type { DayReading } from '../../attribution/item-days/day-reading.ts'
import type { ItemList } from '../../attribution/item-days/item-list.ts'
import { ItemView } from '../../attribution/item-days/item-view.ts'
import type { WorkItemFact } from '../../domain/facts.ts'
import { scratch } from '../../domain/scratch.ts'
import { EVERYTHING } from './build-arms.ts'
import { chooseDimension } from './choose-dimension.ts'
import { codeItems } from './code-items.ts'
import { AGENT_DIMENSIONS, dimensionNamed, NOT_GIVEN, RUN_PARTS, textOf, valueOfItem } from './item-dimensions.ts'
import type { EconomicsParameters } from './parameters.ts'

/** The part of a workflow that items are compared within. */
export interface SegmentNamer {
  of(item: WorkItemFact): string
  /** Of items of one packed day, by their rows. */
  onDay(reading: DayReading): (row: number) => string
}

/**
 * The segments inside which items are held against one another: of the dimension asked for, else of the attribute that
 * separates cost most. Never one of the agent's side, which is what is being judged.
 */
export function nameSegments(
  items: ItemList,
  parameters: EconomicsParameters,
): { dimension: string | null; segments: SegmentNamer } {
  const { groupBy, workflow, timeZone, filters } = parameters
  const asked = groupBy ? dimensionNamed(groupBy, items) : null
  const isAgentSide = asked !== null && ([...AGENT_DIMENSIONS, ...RUN_PARTS] as readonly string[]).includes(asked)
  const dimension =
    asked !== null && !isAgentSide
      ? asked
      : chooseDimension(items, workflow, timeZone, [...AGENT_DIMENSIONS, ...Object.keys(filters)])
  return { dimension, segments: dimension === null ? ONE_SEGMENT : namerOf(dimension, timeZone) }
}

const ONE_SEGMENT: SegmentNamer = { of: () => EVERYTHING, onDay: () => () => EVERYTHING }

/** What belongs to the segment of a row; it is looked up where the segment is not that of the row before. */
export function lastKept<Value>(segmentOf: (row: number) => string, find: (segment: string) => Value) {
  let last: { segment: string; value: Value } | null = null
  return (row: number): Value => {
    const segment = segmentOf(row)
    if (last?.segment !== segment) last = { segment, value: find(segment) }
    return last.value
  }
}

/** The segment of each item, by place: a code that items of the same segment share. */
export function codeSegments(items: ItemList, dimension: string | null, timeZone: string): Uint32Array {
  if (dimension === null) return scratch(Uint32Array, items.length)
  const { codes, values } = codeItems(items, dimension, timeZone)
  const codeOf = new Map(values.map((value, code) => [value ?? NOT_GIVEN, code]))
  for (let place = 0; place < codes.length; place++) codes[place] = codeOf.get(values[codes[place]!] ?? NOT_GIVEN)!
  return codes
}

/** Of items of one packed day each value is named once. */
function namerOf(dimension: string, timeZone: string): SegmentNamer {
  const of = (item: WorkItemFact) => valueOfItem(item, dimension, timeZone) ?? NOT_GIVEN
  return {
    of,
    onDay(reading) {
      const column = reading.figures.attributes.get(dimension)
      const ofRow = (row: number) => of(new ItemView(reading, row))
      if (!column) return ofRow
      const names = column.values.map((value) => textOf(value)!)
      const { codes } = column
      return (row) => (codes[row] === 0 ? ofRow(row) : names[codes[row]! - 1]!)
    },
  }
}
