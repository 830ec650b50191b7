import type { DayFigures } from '../../attribution/item-days/day-figures.ts'
import type { Numbers } from '../../attribution/item-days/numbers.ts'
import { AGENT_DIMENSIONS } from '../economics/item-dimensions.ts'
import type { CodedDimension, UsageTableBuilder } from '../why/usage-table-builder.ts'

/** Rows of a table that come from a packed day, one after the other: of each its item, its first run, and that run's main model. */
export interface DayPlaces {
  item: Int32Array
  run: Int32Array
  /** The day's code, 0 for none. */
  model: Int32Array
}

/** A packed day's own codes, as those of a table: each value is looked up once for a day and not once for an item. */
export interface DayCodes {
  /** @param own the day's code of a model, from 1 */
  modelCode(own: number): number
  /** What the items of `count` rows from `firstRow` on are, and how the agent worked in their runs. */
  setDimensions(firstRow: number, count: number, places: DayPlaces): void
}

export function createDayCodes(builder: UsageTableBuilder, figures: DayFigures): DayCodes {
  const modelCodes = new Int32Array(figures.models.length + 1).fill(UNSEEN)
  const columns = [
    ...Array.from(figures.attributes).flatMap(([name, { values, codes }]) =>
      AGENTS.has(name) ? [] : [createColumn(name, values, 'item', codes)],
    ),
    createColumn('agentVersion', figures.agentVersions, 'run', figures.runAgentVersion),
    createColumn('promptVersion', figures.promptVersions, 'run', figures.runPromptVersion),
    createColumn('model', figures.models, 'model', null),
  ]
  return {
    modelCode(own) {
      if (modelCodes[own] === UNSEEN) modelCodes[own] = builder.modelCode(figures.models[own - 1]!)
      return modelCodes[own]!
    },
    setDimensions(firstRow, count, places) {
      makeKnown(builder, columns, count, places)
      for (const column of columns) setCodes(column, firstRow, count, places[column.by])
    },
  }
}

const AGENTS: ReadonlySet<string> = new Set(AGENT_DIMENSIONS)
const UNSEEN = -1

interface Column {
  name: string
  values: readonly unknown[]
  by: keyof DayPlaces
  /** By the places, from 1; 0 is not given, which the table has by itself. Null: the places are the codes. */
  codes: Numbers | null
  /** The table's code of each of the day's. */
  translated: Int32Array
  dimension: CodedDimension | null
}

function createColumn(name: string, values: readonly unknown[], by: keyof DayPlaces, codes: Numbers | null): Column {
  return { name, values, by, codes, translated: new Int32Array(values.length + 1).fill(UNSEEN), dimension: null }
}

/** Dimensions become known in the order in which the rows, one after the other, have values in them. */
function makeKnown(builder: UsageTableBuilder, columns: readonly Column[], count: number, places: DayPlaces): void {
  columns
    .filter(({ dimension }) => dimension === null)
    .map((column) => ({ column, at: firstGiven(column, count, places[column.by]) }))
    .filter(({ at }) => at < count)
    .sort((left, right) => left.at - right.at)
    .forEach(({ column }) => {
      column.dimension = builder.dimension(column.name)
    })
}

/** The first row that has a value, of `count` rows; `count` where none has. */
function firstGiven({ codes }: Column, count: number, places: Int32Array): number {
  let at = 0
  while (at < count && (codes === null ? places[at] : codes[places[at]!]) === 0) at++
  return at
}

function setCodes(
  { codes, values, translated, dimension }: Column,
  firstRow: number,
  count: number,
  places: Int32Array,
): void {
  if (dimension === null) return
  let target = dimension.codes.upTo(firstRow + count)
  for (let index = 0; index < count; index++) {
    const place = places[index]!
    const own = codes === null ? place : codes[place]!
    if (own === 0) continue
    if (translated[own] === UNSEEN) {
      translated[own] = dimension.codeOf(String(values[own - 1]))
      dimension.codes.widenFor(translated[own]!)
      target = dimension.codes.upTo(firstRow + count)
    }
    target[firstRow + index] = translated[own]!
  }
}
