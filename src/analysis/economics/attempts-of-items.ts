import { ItemView } from '../../attribution/item-days/item-view.ts'
import { nullableAt } from '../../attribution/item-days/numbers.ts'
import type { RunFact, WorkItemFact } from '../../domain/facts.ts'
import type { MicroDollars } from '../../domain/money.ts'
import { mainModel } from './item-dimensions.ts'

/** Model calls and tool fees of one attempt, for which no run of a packed day is made; null where no run of it has all its calls priced. */
export function costOfAttempt(item: WorkItemFact, attempt: number): MicroDollars | null {
  let [cost, isPriced] = [0, false]
  if (item instanceof ItemView) {
    const { runAttempt, runUnpriced } = item.reading.figures
    for (let run = item.firstRun; run < item.endOfRuns; run++) {
      if (runAttempt[run] !== attempt) continue
      if (runUnpriced[run] === 0) isPriced = true
      cost += costOfPackedRun(item, run)
    }
  } else {
    for (const run of item.runs) {
      if (run.attempt !== attempt) continue
      if (run.unpricedCalls === 0) isPriced = true
      cost += costOfRun(run)
    }
  }
  return isPriced ? cost : null
}

/** The item has a run: so have the others below. */
export function costOfFirst(item: WorkItemFact): MicroDollars {
  return item instanceof ItemView ? costOfPackedRun(item, item.firstRun) : costOfRun(item.runs[0]!)
}

export function isFirstPriced(item: WorkItemFact): boolean {
  return item instanceof ItemView
    ? item.reading.figures.runUnpriced[item.firstRun] === 0
    : item.runs[0]!.unpricedCalls === 0
}

/** Input tokens a call of the first run; null where they are not known. */
export function sizeOfFirst(item: WorkItemFact): number | null {
  if (!(item instanceof ItemView)) {
    const { calls, callsWithoutUsage, inputTokens } = item.runs[0]!.usage
    return inputTokens !== null && calls > callsWithoutUsage ? inputTokens / (calls - callsWithoutUsage) : null
  }
  const { figures } = item.reading
  const calls = figures.runCalls[item.firstRun]! - figures.runWithoutUsage[item.firstRun]!
  const input = nullableAt(figures.runInput, item.firstRun)
  return input !== null && calls > 0 ? input / calls : null
}

/** The main model of the first run; null where it called none. */
export function modelOfFirst(item: WorkItemFact): string | null {
  if (!(item instanceof ItemView)) return mainModel(item.runs[0]!)
  const { firstModels, models } = item.reading.figures
  const code = firstModels[item.row]!
  return code === 0 ? null : models[code - 1]!
}

function costOfRun({ modelCostMicros, toolCostMicros }: RunFact): MicroDollars {
  return modelCostMicros + (toolCostMicros ?? 0)
}

function costOfPackedRun({ reading: { figures } }: ItemView, run: number): MicroDollars {
  return figures.runModelCost[run]! + (nullableAt(figures.runToolCost, run) ?? 0)
}
