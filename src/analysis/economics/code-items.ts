import type { DayReading } from '../../attribution/item-days/day-reading.ts'
import type { ItemList } from '../../attribution/item-days/item-list.ts'
import { ItemView } from '../../attribution/item-days/item-view.ts'
import type { Numbers } from '../../attribution/item-days/numbers.ts'
import { DAY_KIND } from './day-kind.ts'
import { eachDay } from './each-day.ts'
import { isTimeDimension, textOf, valueOfItem } from './item-dimensions.ts'

/** The values of items in a dimension, each as a code into `values`. */
export interface CodedItems {
  codes: Uint32Array
  values: (string | null)[]
}

/** A column of a packed day for a dimension; null where each item must be asked. */
interface DayColumn {
  /** For each item, or run, of the day. */
  codes: Numbers
  ofRuns: boolean
  /** The day's codes (0: not given) as codes over all days. */
  translated: Uint32Array
  translate(own: number): number
}

/**
 * What `valueOfItem` says of every item, worked out once for each value of a day instead of once for each item. Codes are in
 * order of first appearance. With more than `most` values the rest is not looked at.
 */
export function codeItems(items: ItemList, dimension: string, timeZone: string, most = Infinity): CodedItems {
  const known = new Map<string | null, number>()
  const codeOf = (value: string | null) => {
    let code = known.get(value)
    if (code === undefined) {
      code = known.size
      known.set(value, code)
    }
    return code
  }
  const codes = new Uint32Array(items.length)
  eachDay(items, {
    rows(rows, from, to, reading) {
      const column = columnOf(reading, dimension, codeOf)
      for (let place = from; place < to && known.size <= most; place++) {
        const row = rows[place]!
        codes[place] =
          column === null
            ? codeOf(valueOfItem(new ItemView(reading, row), dimension, timeZone))
            : codeIn(column, reading.figures.run, row)
      }
    },
    fact(item, place) {
      if (known.size <= most) codes[place] = codeOf(valueOfItem(item, dimension, timeZone))
    },
  })
  return { codes, values: [...known.keys()] }
}

const UNSEEN = 0xffffffff

function codeIn(column: DayColumn, starts: Numbers, row: number): number {
  const first = starts[row]!
  const place = column.ofRuns ? (first < starts[row + 1]! ? first : -1) : row
  const own = place < 0 ? 0 : column.codes[place]!
  let code = column.translated[own]!
  if (code === UNSEEN) {
    code = column.translate(own)
    column.translated[own] = code
  }
  return code
}

type CodeOf = (value: string | null) => number

function columnOf({ figures }: DayReading, dimension: string, codeOf: CodeOf): DayColumn | null {
  const attribute = figures.attributes.get(dimension)
  const isAgents = OWN_DIMENSIONS.has(dimension) || isTimeDimension(dimension)
  // An item without such an attribute may have the value from elsewhere: then each is asked.
  if (isAgents && attribute?.codes.includes(0)) return null
  if (attribute) {
    const names = attribute.values.map((value) => textOf(value))
    return make(attribute.codes, names, false, codeOf)
  }
  if (dimension === 'agentName') return make(figures.runAgentName, figures.agentNames, true, codeOf)
  if (dimension === 'agentVersion') return make(figures.runAgentVersion, figures.agentVersions, true, codeOf)
  if (dimension === 'promptVersion') return make(figures.runPromptVersion, figures.promptVersions, true, codeOf)
  return dimension === 'model' ? make(figures.firstModels, figures.models, false, codeOf) : null
}

const OWN_DIMENSIONS: ReadonlySet<string> = new Set([
  ...['workflow', 'agentName', 'agentVersion', 'promptVersion', 'model', DAY_KIND],
])

function make(codes: Numbers, names: readonly (string | null)[], ofRuns: boolean, codeOf: CodeOf): DayColumn {
  const translated = new Uint32Array(names.length + 1).fill(UNSEEN)
  return { codes, ofRuns, translated, translate: (own) => codeOf(own === 0 ? null : names[own - 1]!) }
}
