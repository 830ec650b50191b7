import type { ItemList } from '../../attribution/item-days/item-list.ts'
import { nullableAt } from '../../attribution/item-days/numbers.ts'
import type { MicroDollars } from '../../domain/money.ts'
import { eachDay } from './each-day.ts'

/** Fewer uses than this fix no price. */
const LEAST_USES = 10

/**
 * What an input token of each model costs in these runs, in micro-dollars, cached ones averaged in: least squares of
 * cost = a · input + b · output over the runs whose every call is priced, a and b not below 0. A model whose uses do not
 * tell the two prices apart (input and output always in the same proportion) is left out.
 */
export function estimateInputPrices(items: ItemList): Map<string, number> {
  const sumsByModel = new Map<string, PriceSums>()
  const sumsOf = (model: string): PriceSums => {
    let sums = sumsByModel.get(model)
    if (!sums) {
      sums = { uses: 0, inIn: 0, inOut: 0, outOut: 0, inCost: 0, outCost: 0 }
      sumsByModel.set(model, sums)
    }
    return sums
  }
  eachDay(items, {
    rows(rows, from, to, { figures }) {
      const { run, runUse, useModel, useUnpriced, useInput, useOutput, useCost, models } = figures
      const sums: PriceSums[] = []
      for (let place = from; place < to; place++) {
        const row = rows[place]!
        for (let use = runUse[run[row]!]!; use < runUse[run[row + 1]!]!; use++) {
          const [input, output] = [nullableAt(useInput, use), nullableAt(useOutput, use)]
          if (useUnpriced[use]! > 0 || input === null || output === null) continue
          const model = useModel[use]! - 1
          sums[model] ??= sumsOf(models[model]!)
          addUse(sums[model], input, output, useCost[use]!)
        }
      }
    },
    fact({ runs }) {
      for (const use of runs.flatMap((run) => run.models)) {
        if (use.unpricedCalls > 0 || use.inputTokens === null || use.outputTokens === null) continue
        addUse(sumsOf(use.model), use.inputTokens, use.outputTokens, use.costMicros)
      }
    },
  })
  const prices = new Map<string, number>()
  for (const [model, sums] of sumsByModel) {
    const price = sums.uses < LEAST_USES ? null : fitInputPrice(sums)
    if (price !== null) prices.set(model, price)
  }
  return prices
}

/** Sums of products of input tokens, output tokens and cost. */
interface PriceSums {
  uses: number
  inIn: number
  inOut: number
  outOut: number
  inCost: number
  outCost: number
}

function addUse(sums: PriceSums, input: number, output: number, costMicros: MicroDollars): void {
  sums.uses++
  sums.inIn += input * input
  sums.inOut += input * output
  sums.outOut += output * output
  sums.inCost += input * costMicros
  sums.outCost += output * costMicros
}

function fitInputPrice({ inIn, inOut, outOut, inCost, outCost }: PriceSums): number | null {
  if (outOut === 0) return inIn === 0 ? null : inCost / inIn
  const determinant = inIn * outOut - inOut * inOut
  if (determinant <= 1e-6 * inIn * outOut) return null
  const input = (inCost * outOut - outCost * inOut) / determinant
  const output = (outCost * inIn - inCost * inOut) / determinant
  if (output < 0) return inCost / inIn
  return Math.max(0, input)
}
