import { createGrowing, type Growing } from './growing-column.ts'
import type { UsageTable } from './usage-table.ts'

/** A dimension that is being coded; code 0 is null. */
export interface CodedDimension {
  codes: Growing<Int32Array>
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
  readonly week: Growing<Int32Array>
  readonly attempts: Growing<Float64Array>
  readonly calls: Growing<Float64Array>
  readonly tokens: Growing<Float64Array>
  readonly runsMicros: Growing<Float64Array>
  readonly correctionsMicros: Growing<Float64Array>
  readonly unpricedCalls: Growing<Float64Array>
  readonly resolved: Growing<Uint8Array>
  private readonly useStart: Growing<Int32Array>
  private readonly useModel: Growing<Int32Array>
  private readonly useTokens: Growing<Float64Array>
  private readonly useMicros: Growing<Float64Array>
  private useCount = 0
  private readonly models = new Map<string, number>()
  private readonly dimensions = new Map<string, CodedDimension & { known: Map<string | null, number> }>()

  /** @param items how many items will come: some have a row in two weeks. */
  constructor(items: number) {
    const expected = items + Math.ceil(TWICE * items)
    this.expected = expected
    this.week = createGrowing(Int32Array, expected)
    this.attempts = createGrowing(Float64Array, expected)
    this.calls = createGrowing(Float64Array, expected)
    this.tokens = createGrowing(Float64Array, expected)
    this.runsMicros = createGrowing(Float64Array, expected)
    this.correctionsMicros = createGrowing(Float64Array, expected)
    this.unpricedCalls = createGrowing(Float64Array, expected)
    this.resolved = createGrowing(Uint8Array, expected)
    this.useStart = createGrowing(Int32Array, expected)
    const uses = USES_A_ROW * expected
    this.useModel = createGrowing(Int32Array, uses)
    this.useTokens = createGrowing(Float64Array, uses)
    this.useMicros = createGrowing(Float64Array, uses)
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
      dimension = { codes: createGrowing(Int32Array, this.expected), known, codeOf: (value) => codeIn(known, value) }
      this.dimensions.set(name, dimension)
    }
    return dimension
  }

  modelCode(model: string): number {
    return codeIn(this.models, model)
  }

  /** Adds what a model did to the last row; one that the row has already is added up. */
  addUse(model: number, tokens: number, micros: number): void {
    let use = this.useStart.values[this.rowCount - 1]!
    while (use < this.useCount && this.useModel.values[use] !== model) use++
    if (use < this.useCount) {
      this.useTokens.values[use]! += tokens
      this.useMicros.values[use]! += micros
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
