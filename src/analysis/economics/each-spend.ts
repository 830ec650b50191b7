import type { DayReading } from '../../attribution/item-days/day-reading.ts'
import type { ItemList } from '../../attribution/item-days/item-list.ts'
import { ItemView } from '../../attribution/item-days/item-view.ts'
import { RunView } from '../../attribution/item-days/run-view.ts'
import type { CorrectionFact, RunFact, WorkItemFact } from '../../domain/facts.ts'
import type { MicroDollars } from '../../domain/money.ts'
import { eachDay } from './each-day.ts'
import { startTimeOf } from './item-dimensions.ts'
import { type Bounds, isTimeWithin, isWithin } from './parameters.ts'
import { correctedRun, type SpendEntry } from './spend-entries.ts'

/**
 * Visits everything that was spent inside the bounds: runs started in them, and corrections made in them. Each dollar once;
 * the entries of an item follow one another, and those of a run. They are not kept: a year has millions.
 */
export function eachSpend(items: ItemList, bounds: Bounds, visit: (entry: SpendEntry) => void): void {
  eachDay(items, {
    rows(rows, from, to, reading) {
      // Of a long history few items spent anything in a week: of the others no object is made.
      const mayHaveSpent = spendingWithin(reading, bounds)
      for (let place = from; place < to; place++) {
        const row = rows[place]!
        if (mayHaveSpent(row)) visitItem(new ItemView(reading, row), bounds, visit)
      }
    },
    fact: (item) => visitItem(item, bounds, visit),
  })
}

/** Whether a run of an item of a packed day started inside the bounds, or it was corrected at any time. */
function spendingWithin({ figures }: DayReading, bounds: Bounds): (row: number) => boolean {
  const { start, run, runStarted, override } = figures
  const [from, to] = [bounds.from.getTime() - start, bounds.to.getTime() - start]
  return (row) => {
    if (override[row] !== override[row + 1]) return true
    for (let index = run[row]!; index < run[row + 1]!; index++) {
      if (runStarted[index]! >= from && runStarted[index]! < to) return true
    }
    return false
  }
}

function visitItem(item: WorkItemFact, bounds: Bounds, visit: (entry: SpendEntry) => void): void {
  for (const run of item.runs) {
    if (isTimeWithin(startTimeOf(run), bounds)) visitRun(item, run, visit)
  }
  if (item.corrections === 0) return
  for (const correction of item.overrides) {
    if (isWithin(correction.occurredAt, bounds)) visit(entryOfCorrection(item, correction))
  }
}

function visitRun(item: WorkItemFact, run: RunFact, visit: (entry: SpendEntry) => void): void {
  const time = startTimeOf(run)
  let [rest, priced, unpriced] = [run.modelCostMicros, run.pricedCalls, run.unpricedCalls]
  const addUse = (model: string, calls: number, unpricedCalls: number, costMicros: MicroDollars) => {
    const pricedCalls = calls - unpricedCalls
    const micros = costMicros === 0 && unpricedCalls > 0 ? null : costMicros
    visit({ kind: 'model', item, run, time, model, micros, pricedCalls, unpricedCalls })
    rest -= costMicros
    priced -= pricedCalls
    unpriced -= unpricedCalls
  }
  if (run instanceof RunView) {
    const { runUse, useModel, useCalls, useUnpriced, useCost, models } = run.reading.figures
    for (let use = runUse[run.run]!; use < runUse[run.run + 1]!; use++) {
      addUse(models[useModel[use]! - 1]!, useCalls[use]!, useUnpriced[use]!, useCost[use]!)
    }
  } else for (const use of run.models) addUse(use.model, use.calls, use.unpricedCalls, use.costMicros)
  if (rest !== 0 || priced !== 0 || unpriced !== 0) {
    // Calls that name no model: their cost may be reported all the same.
    const micros = rest === 0 && unpriced > 0 ? null : rest
    visit({ kind: 'model', item, run, time, model: null, micros, pricedCalls: priced, unpricedCalls: unpriced })
  }
  const { toolCostMicros: micros } = run
  if (micros !== null) visit({ kind: 'tool', item, run, time, model: null, micros, pricedCalls: 0, unpricedCalls: 0 })
}

function entryOfCorrection(item: WorkItemFact, correction: CorrectionFact): SpendEntry {
  const run = correctedRun(item, correction)
  return {
    kind: 'correction',
    item,
    run,
    time: correction.occurredAt.getTime(),
    model: null,
    micros: correction.costMicros,
    pricedCalls: 0,
    unpricedCalls: 0,
  }
}
