import type { UsageTable } from './usage-table.ts'
import { WideningColumn } from './widening-column.ts'

/** A dimension that is being coded; code 0 is null. */
export interface CodedDimension {
  codes: WideningColumn
  codeOf(value: string): number
}

/** That are likely: a model or two, and tools. */
const USES_A_ROW = 3
/** Part of the items that may have another row without a copy of what is there. */
const TWICE = 0.1

/** Takes rows one after another and makes their table. A row has its uses added after it and before the next. */
export class UsageTableBuilder {
  rowCount = 0
  private readonly expected: number
  readonly week: WideningColumn
  readonly attempts: WideningColumn
  readonly calls: WideningColumn
  readonly tokens: WideningColumn
  readonly runsMicros: WideningColumn
  readonly correctionsMicros: WideningColumn
  readonly unpricedCalls: WideningColumn
  readonly resolved: WideningColumn
  private readonly useStart: WideningColumn
  private readonly useModel: WideningColumn
  private readonly useTokens: WideningColumn
  private readonly useMicros: WideningColumn
  private useCount = 0
  private readonly models = new Map<string, number>()
  private readonly dimensions = new Map<string, CodedDimension & { known: Map<string | null, number> }>()

  /** @param items how many items will come: some have a row in two weeks. */
  constructor(items: number) {
    const expected = items + Math.ceil(TWICE * items)
    this.expected = expected
    this.week = new WideningColumn(expected)
    this.attempts = new WideningColumn(expected)
    this.calls = new WideningColumn(expected)
    this.tokens = new WideningColumn(expected)
    this.runsMicros = new WideningColumn(expected)
    this.correctionsMicros = new WideningColumn(expected)
    this.unpricedCalls = new WideningColumn(expected)
    this.resolved = new WideningColumn(expected)
    this.useStart = new WideningColumn(expected)
    const uses = USES_A_ROW * expected
    this.useModel = new WideningColumn(uses)
    this.useTokens = new WideningColumn(uses)
    this.useMicros = new WideningColumn(uses)
  }

  /** Begins a row, and returns its number. */
  addRow(): number {
    this.useStart.set(this.rowCount, this.useCount)
    return this.rowCount++
  }

  /** Made known here: a dimension that is never given has no column. */
  dimension(name: string): CodedDimension {
    let dimension = this.dimensions.get(name)
    if (!dimension) {
      const known = new Map<string | null, number>([[null, 0]])
      dimension = { codes: new WideningColumn(this.expected), known, codeOf: (value) => codeIn(known, value) }
      this.dimensions.set(name, dimension)
    }
    return dimension
  }

  modelCode(model: string): number {
    return codeIn(this.models, model)
  }

  /** Adds what a model did to the last row; one that the row has already is added up. */
  addUse(model: number, tokens: number, micros: number): void {
    let use = this.useStart.at(this.rowCount - 1)
    while (use < this.useCount && this.useModel.at(use) !== model) use++
    if (use < this.useCount) {
      this.useTokens.set(use, this.useTokens.at(use) + tokens)
      this.useMicros.set(use, this.useMicros.at(use) + micros)
      return
    }
    this.useModel.set(use, model)
    this.useTokens.set(use, tokens)
    this.useMicros.set(use, micros)
    this.useCount++
  }

  build(): UsageTable {
    const { rowCount, useCount } = this
    const dimensions = [...this.dimensions.values()]
    this.useStart.set(rowCount, useCount)
    return {
      rowCount,
      dimensions: {
        names: [...this.dimensions.keys()],
        values: dimensions.map(({ known }) => [...known.keys()]),
        codes: dimensions.map(({ codes }) => codes.upTo(rowCount)),
        rowCount,
      },
      week: this.week.upTo(rowCount),
      attempts: this.attempts.upTo(rowCount),
      calls: this.calls.upTo(rowCount),
      tokens: this.tokens.upTo(rowCount),
      runsMicros: this.runsMicros.upTo(rowCount),
      correctionsMicros: this.correctionsMicros.upTo(rowCount),
      unpricedCalls: this.unpricedCalls.upTo(rowCount),
      resolved: this.resolved.upTo(rowCount),
      models: [...this.models.keys()],
      useStart: this.useStart.upTo(rowCount + 1),
      useModel: this.useModel.upTo(useCount),
      useTokens: this.useTokens.upTo(useCount),
      useMicros: this.useMicros.upTo(useCount),
    }
  }
}

function codeIn<Value>(known: Map<Value, number>, value: Value): number {
  let code = known.get(value)
  if (code === undefined) {
    code = known.size
    known.set(value, code)
  }
  return code
}
