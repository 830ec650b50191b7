import { type DayReading, detailOf } from '../../attribution/item-days/day-reading.ts'
import { mainModelOf } from '../../attribution/item-days/main-model-of.ts'
import { nullableAt } from '../../attribution/item-days/numbers.ts'
import type { RunFact, WasteClass, WorkItemFact } from '../../domain/facts.ts'
import type { MicroDollars } from '../../domain/money.ts'
import { addKnown } from '../../domain/usage.ts'
import type { WasteSigns } from './classify-waste.ts'
import type { WasteEstimates } from './estimate-waste.ts'
import { mainModel } from './item-dimensions.ts'
import { createDayJudge, type JudgedStep, judgeSteps } from './judge-steps.ts'
import { createDayPricer, noDocuments, priceUnusedDocuments, type UnusedDocuments } from './price-unused-documents.ts'

export interface RunSigns extends WasteSigns {
  unpricedCalls: number
  unused: UnusedDocuments
}

export function signsOfRun(item: WorkItemFact, run: RunFact, estimates: WasteEstimates): RunSigns {
  const { waste } = run
  const unused = priceUnusedDocuments(run, estimates.prices)
  let excess: MicroDollars | null = null
  judgeSteps(run, estimates.needs.of(item), estimates.prices, ({ beyond, micros }) => {
    if (beyond > 0) excess = addKnown(excess, micros)
  })
  const savings = estimates.savings.of(item)
  const model = savings ? mainModel(run) : null
  return {
    cost: run.modelCostMicros + (run.toolCostMicros ?? 0),
    isSuperseded: run !== item.runs.at(-1),
    ...{ failedCall: waste.failed_call ?? 0, loop: waste.loop ?? 0, afterDecision: waste.after_decision ?? 0 },
    ...{ unusedTold: waste.unused_documents ?? null, unusedDocuments: unused.micros, excessContext: excess },
    oversizedShare: model === null ? null : (savings!.get(model) ?? null),
    ...{ unpricedCalls: run.unpricedCalls, unused },
  }
}

/**
 * The same of the runs of one packed day, by the run and the row of its item. What is told of a run is good until the next one is asked
 * for.
 */
export function createDaySigns(reading: DayReading, { needs, prices, savings }: WasteEstimates) {
  const { figures } = reading
  const { run: starts, runModelCost, runToolCost, runUnpriced, models } = figures
  const [judge, unusedOf] = [createDayJudge(reading, prices), createDayPricer(reading, prices)]
  const waste = detailOf(reading, 'waste')
  const columnOf = (name: WasteClass) => {
    const column = waste.of(name)
    return (run: number) => (column === null ? null : column.at(run))
  }
  const [failedCall, loop] = [columnOf('failed_call'), columnOf('loop')]
  const [afterDecision, unusedTold] = [columnOf('after_decision'), columnOf('unused_documents')]
  const needsOf = needs.onDay(reading)
  const shareOf = savings.onDay(reading, (own) => [null, ...models.map((model) => own.get(model) ?? null)])
  let excess: MicroDollars | null = null
  const addExcess = ({ beyond, micros }: JudgedStep) => {
    if (beyond > 0) excess = addKnown(excess, micros)
  }
  const signs = noSigns()
  return (run: number, row: number): RunSigns => {
    const unused = unusedOf(run)
    excess = null
    judge(run, needsOf(row), addExcess)
    const shares = shareOf(row)
    signs.cost = runModelCost[run]! + (nullableAt(runToolCost, run) ?? 0)
    signs.isSuperseded = run !== starts[row + 1]! - 1
    signs.failedCall = failedCall(run) ?? 0
    signs.loop = loop(run) ?? 0
    signs.afterDecision = afterDecision(run) ?? 0
    signs.unusedTold = unusedTold(run)
    signs.unusedDocuments = unused.micros
    signs.excessContext = excess
    signs.oversizedShare = shares ? shares[mainModelOf(figures, run)]! : null
    signs.unpricedCalls = runUnpriced[run]!
    signs.unused = unused
    return signs
  }
}

function noSigns(): RunSigns {
  return {
    ...{ cost: 0, isSuperseded: false, failedCall: 0, loop: 0, afterDecision: 0 },
    ...{ unusedTold: null, unusedDocuments: null, excessContext: null, oversizedShare: null },
    ...{ unpricedCalls: 0, unused: noDocuments() },
  }
}
