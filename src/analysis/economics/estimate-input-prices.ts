import type { ModelUse, WorkItemFact } from '../../domain/facts.ts'
import { addToGroup } from './add-to-group.ts'

/** Fewer uses than this fix no price. */
const LEAST_USES = 10

/**
 * What an input token of each model costs in these runs, in micro-dollars, cached ones averaged in: least squares of
 * cost = a · input + b · output over the runs whose every call is priced, a and b not below 0. A model whose uses do not
 * tell the two prices apart (input and output always in the same proportion) is left out.
 */
export function estimateInputPrices(items: readonly WorkItemFact[]): Map<string, number> {
  const usesByModel = new Map<string, ModelUse[]>()
  for (const use of items.flatMap((item) => item.runs).flatMap((run) => run.models)) {
    if (use.unpricedCalls > 0 || use.inputTokens === null || use.outputTokens === null) continue
    addToGroup(usesByModel, use.model, use)
  }
  const prices = new Map<string, number>()
  for (const [model, uses] of usesByModel) {
    const price = uses.length < LEAST_USES ? null : fitInputPrice(uses)
    if (price !== null) prices.set(model, price)
  }
  return prices
}

function fitInputPrice(uses: readonly ModelUse[]): number | null {
  let [inIn, inOut, outOut, inCost, outCost] = [0, 0, 0, 0, 0]
  for (const { inputTokens, outputTokens, costMicros } of uses) {
    const [input, output] = [inputTokens!, outputTokens!]
    inIn += input * input
    inOut += input * output
    outOut += output * output
    inCost += input * costMicros
    outCost += output * costMicros
  }
  if (outOut === 0) return inIn === 0 ? null : inCost / inIn
  const determinant = inIn * outOut - inOut * inOut
  if (determinant <= 1e-6 * inIn * outOut) return null
  const input = (inCost * outOut - outCost * inOut) / determinant
  const output = (outCost * inIn - inCost * inOut) / determinant
  if (output < 0) return inCost / inIn
  return Math.max(0, input)
}
