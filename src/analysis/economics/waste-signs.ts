import { type DayReading, detailOf } from '../../attribution/item-days/day-reading.ts'
import type { ItemView } from '../../attribution/item-days/item-view.ts'
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
  const savings = estimates.savingsOf(item)
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

/** The same of the runs of one packed day, by their columns. What is told of a run is good until the next one is asked for. */
export function createDaySigns(reading: DayReading, { needs, prices, savingsOf }: WasteEstimates) {
  const { figures } = reading
  const { runModelCost, runToolCost, runUnpriced, models } = figures
  const [judge, unusedOf] = [createDayJudge(reading, prices), createDayPricer(reading, prices)]
  const waste = detailOf(reading, 'waste')
  const columnOf = (name: WasteClass) => {
    const column = waste.of(name)
    return (run: number) => (column === null ? null : column.at(run))
  }
  const [failedCall, loop] = [columnOf('failed_call'), columnOf('loop')]
  const [afterDecision, unusedTold] = [columnOf('after_decision'), columnOf('unused_documents')]
  let excess: MicroDollars | null = null
  const addExcess = ({ beyond, micros }: JudgedStep) => {
    if (beyond > 0) excess = addKnown(excess, micros)
  }
  const signs = noSigns()
  return (item: ItemView, run: number): RunSigns => {
    const unused = unusedOf(run)
    excess = null
    judge(run, needs.of(item), addExcess)
    const savings = savingsOf(item)
    const model = savings ? mainModelOf(figures, run) : 0
    signs.cost = runModelCost[run]! + (nullableAt(runToolCost, run) ?? 0)
    signs.isSuperseded = run !== item.endOfRuns - 1
    signs.failedCall = failedCall(run) ?? 0
    signs.loop = loop(run) ?? 0
    signs.afterDecision = afterDecision(run) ?? 0
    signs.unusedTold = unusedTold(run)
    signs.unusedDocuments = unused.micros
    signs.excessContext = excess
    signs.oversizedShare = model === 0 ? null : (savings!.get(models[model - 1]!) ?? null)
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
