import type { ItemList } from '../../attribution/item-days/item-list.ts'
import { ItemListBuilder } from '../../attribution/item-days/item-list-builder.ts'
import { ItemView } from '../../attribution/item-days/item-view.ts'
import { nullableAt } from '../../attribution/item-days/numbers.ts'
import type { WorkItemFact } from '../../domain/facts.ts'
import type { MicroDollars } from '../../domain/money.ts'
import { addKnown } from '../../domain/usage.ts'
import { addToBand } from './add-to-band.ts'
import { compareItems, firstOf } from './cite-items.ts'
import type { ContextNeeds, StepNeed } from './context-needs.ts'
import { type DocumentContext, emptyBands, type GrowthBand, type StepContext } from './context-tables.ts'
import { eachDay } from './each-day.ts'
import { eachRunWithin } from './each-run-within.ts'
import { startTimeOf } from './item-dimensions.ts'
import { createDayJudge, type JudgedStep, judgeSteps } from './judge-steps.ts'
import { type Bounds, isTimeWithin } from './parameters.ts'
import { addDocumentsOf, createDayDocuments, type DocumentSums } from './sum-documents.ts'

const MOST_CITED = 3

/** Sums over the steps whose need is known. */
export interface JudgedSums {
  steps: number
  tokens: number
  /** What typical resolved runs would have carried in as many calls. */
  typical: number
  /** Of the squares of the tokens per call, times the calls; and of typical ones. */
  attention: number
  typicalAttention: number
  beyond: number
  /** Steps with more than they need, and those of them whose excess has a price. */
  excesses: number
  pricedExcesses: number
  micros: MicroDollars
  /** Runs with such a step. */
  runs: number
}

export interface ContextSums {
  runs: number
  /** Worked on in the period, in order. */
  items: ItemList
  judged: JudgedSums
  steps: Map<StepNeed, StepContext>
  bands: GrowthBand[]
  documents: DocumentSums
  byDocument: Map<string, DocumentContext>
  /** The runs that carried most beyond need, by their place among the item's, and how many tokens. */
  worst: { item: WorkItemFact; place: number; tokens: number }[]
}

/** Looks once at every run that started inside the bounds. `prices`: of an input token by model, in micro-dollars. */
export function sumContext(
  all: ItemList,
  bounds: Bounds,
  needs: ContextNeeds,
  prices: ReadonlyMap<string, number>,
): ContextSums {
  const items = new ItemListBuilder()
  const sums: Omit<ContextSums, 'items'> = {
    ...{ runs: 0, steps: new Map(), bands: emptyBands(), byDocument: new Map(), worst: [] },
    judged: {
      ...{ steps: 0, tokens: 0, typical: 0, attention: 0, typicalAttention: 0 },
      ...{ beyond: 0, excesses: 0, pricedExcesses: 0, micros: 0, runs: 0 },
    },
    documents: { documents: 0, told: 0, used: 0, unused: 0, unusedPriced: 0, unusedMicros: 0 },
  }
  const addRun = (item: WorkItemFact, place: number, judged: RunSums) => {
    sums.runs++
    if (judged.beyond === 0) return
    sums.judged.runs++
    const { worst } = sums
    if (worst.length === MOST_CITED && judged.beyond < worst[MOST_CITED - 1]!.tokens) return
    sums.worst = firstOf(
      [...worst, { item, place, tokens: judged.beyond }],
      MOST_CITED,
      (a, b) => b.tokens - a.tokens || compareItems(a.item, b.item),
    )
  }
  const judged: RunSums = { beyond: 0 }
  const addStep = (step: JudgedStep) => {
    addJudged(sums.judged, step)
    addToStep(sums.steps, step)
    judged.beyond += step.beyond
  }
  eachDay(all, {
    rows(rows, from, to, reading) {
      const [judge, needsOf] = [createDayJudge(reading, prices), needs.onDay(reading)]
      const addDocuments = createDayDocuments(sums.documents, sums.byDocument, reading, prices)
      const { runCalls, runWithoutUsage, runInput } = reading.figures
      const add = (run: number, row: number) => {
        const item = new ItemView(reading, row)
        judged.beyond = 0
        judge(run, needsOf(row), addStep)
        addRun(item, run - item.firstRun, judged)
        addToBand(sums.bands, item, runCalls[run]!, runWithoutUsage[run]!, nullableAt(runInput, run))
        addDocuments(run)
      }
      eachRunWithin({ rows, from, to, reading }, bounds, add, (row) => items.addRow(reading, row))
    },
    fact(item) {
      const own = item.runs.filter((run) => isTimeWithin(startTimeOf(run), bounds))
      for (const run of own) {
        judged.beyond = 0
        judgeSteps(run, needs.of(item), prices, addStep)
        addRun(item, item.runs.indexOf(run), judged)
        const { calls, callsWithoutUsage, inputTokens } = run.usage
        addToBand(sums.bands, item, calls, callsWithoutUsage, inputTokens)
        addDocumentsOf(sums.documents, sums.byDocument, run, prices)
      }
      if (own.length > 0) items.add(item)
    },
  })
  return { ...sums, items: items.build() }
}

/** Of one run: tokens beyond what its steps need. */
interface RunSums {
  beyond: number
}

function addJudged(sums: JudgedSums, { need, calls, inputTokens, beyond, micros }: JudgedStep): void {
  sums.steps++
  sums.tokens += inputTokens
  sums.typical += calls * need.typical
  sums.attention += inputTokens ** 2 / calls
  sums.typicalAttention += calls * need.typical ** 2
  if (beyond === 0) return
  sums.beyond += beyond
  sums.excesses++
  if (micros === null) return
  sums.pricedExcesses++
  sums.micros += micros
}

function addToStep(steps: Map<StepNeed, StepContext>, { need, calls, inputTokens, beyond, micros }: JudgedStep): void {
  let row = steps.get(need)
  if (!row) {
    row = { calls: 0, tokens: 0, beyond: 0, micros: null }
    steps.set(need, row)
  }
  row.calls += calls
  row.tokens += inputTokens
  if (beyond === 0) return
  row.beyond += beyond
  row.micros = addKnown(row.micros, micros)
}
