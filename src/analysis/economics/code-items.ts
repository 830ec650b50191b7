import type { DayReading } from '../../attribution/item-days/day-reading.ts'
import type { ItemList } from '../../attribution/item-days/item-list.ts'
import { ItemView } from '../../attribution/item-days/item-view.ts'
import type { Numbers } from '../../attribution/item-days/numbers.ts'
import { scratch } from '../../domain/scratch.ts'
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
  /** For each item, or run (then the first one counts), of the day: a code into `names` from 1; 0: not given. */
  codes: Numbers
  names: readonly (string | null)[]
  ofRuns: boolean
}

/**
 * What `valueOfItem` says of every item, worked out once for each value of a day instead of once for each item. Codes are in
 * order of first appearance.
 */
export function codeItems(items: ItemList, dimension: string, timeZone: string): CodedItems {
  const codes = scratch(Uint32Array, items.length)
  const values = eachCode(items, dimension, timeZone, Infinity, (place, code) => {
    codes[place] = code
  })
  return { codes, values }
}

/** Visits the same codes. With more than `most` values the rest is not looked at. Returns the values. */
export function eachCode(
  items: ItemList,
  dimension: string,
  timeZone: string,
  most: number,
  visit: (place: number, code: number) => void,
): (string | null)[] {
  const known = new Map<string | null, number>()
  const codeOf = (value: string | null) => {
    let code = known.get(value)
    if (code === undefined) {
      code = known.size
      known.set(value, code)
    }
    return code
  }
  eachDay(items, {
    rows(rows, from, to, reading) {
      const column = columnOf(reading, dimension)
      const { run } = reading.figures
      const translated = new Uint32Array((column?.names.length ?? 0) + 1).fill(UNSEEN)
      for (let place = from; place < to; place++) {
        const row = rows[place]!
        if (column === null) {
          visit(place, codeOf(valueOfItem(new ItemView(reading, row), dimension, timeZone)))
          continue
        }
        const own = !column.ofRuns ? column.codes[row]! : run[row] === run[row + 1] ? 0 : column.codes[run[row]!]!
        if (translated[own] === UNSEEN) {
          if (known.size > most) return
          translated[own] = codeOf(own === 0 ? null : column.names[own - 1]!)
        }
        visit(place, translated[own]!)
      }
    },
    fact(item, place) {
      if (known.size <= most) visit(place, codeOf(valueOfItem(item, dimension, timeZone)))
    },
  })
  return [...known.keys()]
}

const UNSEEN = 0xffffffff

function columnOf({ figures }: DayReading, dimension: string): DayColumn | null {
  const attribute = figures.attributes.get(dimension)
  const isAgents = OWN_DIMENSIONS.has(dimension) || isTimeDimension(dimension)
  // An item without such an attribute may have the value from elsewhere: then each is asked.
  if (isAgents && attribute?.codes.includes(0)) return null
  if (attribute) {
    const names = attribute.values.map((value) => textOf(value))
    return { codes: attribute.codes, names, ofRuns: false }
  }
  const { agentNames, agentVersions, promptVersions, models } = figures
  if (dimension === 'agentName') return { codes: figures.runAgentName, names: agentNames, ofRuns: true }
  if (dimension === 'agentVersion') return { codes: figures.runAgentVersion, names: agentVersions, ofRuns: true }
  if (dimension === 'promptVersion') return { codes: figures.runPromptVersion, names: promptVersions, ofRuns: true }
  return dimension === 'model' ? { codes: figures.firstModels, names: models, ofRuns: false } : null
}

const OWN_DIMENSIONS: ReadonlySet<string> = new Set([
  ...['workflow', 'agentName', 'agentVersion', 'promptVersion', 'model', DAY_KIND],
])
