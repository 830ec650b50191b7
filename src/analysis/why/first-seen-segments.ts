import type { Segment } from './segment.ts'
import type { UsageTable } from './usage-table.ts'

const MINIMUM_ITEMS = 8
const MOST_SEGMENTS = 8

interface FirstSeen {
  segment: Segment
  items: number
  /** Where the dimension and the value first appear among the current rows: of as many items, the earlier one is first. */
  dimensionAt: number
  valueAt: number
}

/** Values that no week of the history has, by number of items. */
export function firstSeenSegments(table: UsageTable, rows: Int32Array, historyWeeks: number): Segment[] {
  return table.dimensions.names
    .flatMap((_, dimension) => firstSeenValues(table, rows, historyWeeks, dimension))
    .filter(({ items }) => items >= MINIMUM_ITEMS)
    .sort((a, b) => b.items - a.items || a.dimensionAt - b.dimensionAt || a.valueAt - b.valueAt)
    .slice(0, MOST_SEGMENTS)
    .map(({ segment }) => segment)
}

function firstSeenValues(
  { dimensions, week }: UsageTable,
  rows: Int32Array,
  historyWeeks: number,
  dimension: number,
): FirstSeen[] {
  const [codes, values] = [dimensions.codes[dimension]!, dimensions.values[dimension]!]
  const items = new Int32Array(values.length)
  const valueAt = new Int32Array(values.length)
  const isOld = new Uint8Array(values.length)
  let dimensionAt = -1
  for (let place = 0; place < rows.length; place++) {
    const row = rows[place]!
    const code = codes[row]!
    if (week[row] !== historyWeeks) {
      isOld[code] = 1
      continue
    }
    if (items[code]! === 0) valueAt[code] = place
    if (code !== 0 && dimensionAt < 0) dimensionAt = place
    items[code]!++
  }
  // A value that is given but empty is nothing new where others have none.
  const isNew = (value: string | null, code: number) => !isOld[code] && !(value === '' && isOld[0])
  return values.flatMap((value, code) =>
    value !== null && items[code]! > 0 && isNew(value, code)
      ? [
          {
            segment: { [dimensions.names[dimension]!]: value },
            items: items[code]!,
            dimensionAt,
            valueAt: valueAt[code]!,
          },
        ]
      : [],
  )
}
