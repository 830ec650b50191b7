import type { ItemList } from '../../attribution/item-days/item-list.ts'
import { nullableAt } from '../../attribution/item-days/numbers.ts'
import { scratch } from '../../domain/scratch.ts'
import { eachDay } from './each-day.ts'
import { mainModel } from './item-dimensions.ts'

/** Of the first runs of items, by place. */
export interface FirstSizes {
  /** Input tokens a call; NaN where they are not known. */
  sizes: Float64Array
  /** 1 where every call has a price. */
  isPriced: Uint8Array
}

/** Every item has a run. */
export function readFirstSizes(items: ItemList): FirstSizes {
  const [sizes, isPriced] = [scratch(Float64Array, items.length), scratch(Uint8Array, items.length)]
  const sizeOf = (input: number | null, calls: number) => (input !== null && calls > 0 ? input / calls : Number.NaN)
  eachDay(items, {
    rows(rows, from, to, { figures: { run: starts, runCalls, runWithoutUsage, runInput, runUnpriced } }) {
      for (let place = from; place < to; place++) {
        const run = starts[rows[place]!]!
        sizes[place] = sizeOf(nullableAt(runInput, run), runCalls[run]! - runWithoutUsage[run]!)
        if (runUnpriced[run] === 0) isPriced[place] = 1
      }
    },
    fact(item, place) {
      const { usage, unpricedCalls } = item.runs[0]!
      sizes[place] = sizeOf(usage.inputTokens, usage.calls - usage.callsWithoutUsage)
      if (unpricedCalls === 0) isPriced[place] = 1
    },
  })
  return { sizes, isPriced }
}

/** Known cost of model calls and tools of items' first runs, in micro-dollars, by place. Every item has a run. */
export function readFirstCosts(items: ItemList): Float64Array {
  const costs = scratch(Float64Array, items.length)
  eachDay(items, {
    rows(rows, from, to, { figures: { run: starts, runModelCost, runToolCost } }) {
      for (let place = from; place < to; place++) {
        const run = starts[rows[place]!]!
        costs[place] = runModelCost[run]! + (nullableAt(runToolCost, run) ?? 0)
      }
    },
    fact(item, place) {
      const { modelCostMicros, toolCostMicros } = item.runs[0]!
      costs[place] = modelCostMicros + (toolCostMicros ?? 0)
    },
  })
  return costs
}

/** The main models of items' first runs: by place a code into `models` from 1; 0: it has no run, or called none. */
export function readFirstModels(items: ItemList): { codes: Uint32Array; models: string[] } {
  const codes = scratch(Uint32Array, items.length)
  const codeOf = new Map<string, number>()
  const add = (model: string): number => {
    const code = codeOf.get(model) ?? codeOf.size + 1
    codeOf.set(model, code)
    return code
  }
  eachDay(items, {
    rows(rows, from, to, { figures }) {
      const { firstModels, models } = figures
      const translated = new Uint32Array(models.length + 1)
      for (let place = from; place < to; place++) {
        const own = firstModels[rows[place]!]!
        if (own !== 0 && translated[own] === 0) translated[own] = add(models[own - 1]!)
        codes[place] = translated[own]!
      }
    },
    fact({ runs: [first] }, place) {
      const model = first ? mainModel(first) : null
      if (model !== null) codes[place] = add(model)
    },
  })
  return { codes, models: [...codeOf.keys()] }
}
