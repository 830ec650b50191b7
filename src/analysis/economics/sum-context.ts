import type { RunFact, WorkItemFact } from '../../domain/facts.ts'
import type { MicroDollars } from '../../domain/money.ts'
import { addKnown } from '../../domain/usage.ts'
import { addToBand } from './add-to-band.ts'
import { compareItems, firstOf } from './cite-items.ts'
import { type ContextNeeds, type JudgedStep, judgeSteps, type StepNeed } from './context-needs.ts'
import { type DocumentContext, emptyBands, type GrowthBand, type StepContext } from './context-tables.ts'
import { startTimeOf } from './item-dimensions.ts'
import { type Bounds, isTimeWithin } from './parameters.ts'
import { eachDocument, priceDocument, priceUnusedDocuments } from './price-unused-documents.ts'

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

export interface DocumentSums {
  documents: number
  told: number
  used: number
  unused: number
  unusedPriced: number
  unusedMicros: MicroDollars
}

export interface ContextSums {
  runs: number
  /** Worked on in the period, in order. */
  items: WorkItemFact[]
  judged: JudgedSums
  steps: Map<StepNeed, StepContext>
  bands: GrowthBand[]
  documents: DocumentSums
  byDocument: Map<string, DocumentContext>
  /** The runs that carried most beyond need, and how many tokens. */
  worst: { item: WorkItemFact; run: RunFact; tokens: number }[]
}

/** Looks once at every run that started inside the bounds. `prices`: of an input token by model, in micro-dollars. */
export function sumContext(
  items: readonly WorkItemFact[],
  bounds: Bounds,
  needs: ContextNeeds,
  prices: ReadonlyMap<string, number>,
): ContextSums {
  const sums: ContextSums = {
    ...{ runs: 0, items: [], steps: new Map(), bands: emptyBands(), byDocument: new Map(), worst: [] },
    judged: {
      ...{ steps: 0, tokens: 0, typical: 0, attention: 0, typicalAttention: 0 },
      ...{ beyond: 0, excesses: 0, pricedExcesses: 0, micros: 0, runs: 0 },
    },
    documents: { documents: 0, told: 0, used: 0, unused: 0, unusedPriced: 0, unusedMicros: 0 },
  }
  for (const item of items) {
    let isIn = false
    for (const run of item.runs) {
      if (!isTimeWithin(startTimeOf(run), bounds)) continue
      isIn = true
      sums.runs++
      addSteps(sums, item, run, needs.of(item), prices)
      addToBand(sums.bands, item, run)
      addDocuments(sums, run, prices)
    }
    if (isIn) sums.items.push(item)
  }
  return sums
}

function addSteps(
  sums: ContextSums,
  item: WorkItemFact,
  run: RunFact,
  needs: ReadonlyMap<string, StepNeed> | undefined,
  prices: ReadonlyMap<string, number>,
): void {
  let beyond = 0
  judgeSteps(run, needs, prices, (step) => {
    addJudged(sums.judged, step)
    addToStep(sums.steps, step)
    beyond += step.beyond
  })
  if (beyond === 0) return
  sums.judged.runs++
  const { worst } = sums
  if (worst.length === MOST_CITED && beyond < worst[MOST_CITED - 1]!.tokens) return
  sums.worst = firstOf(
    [...worst, { item, run, tokens: beyond }],
    MOST_CITED,
    (a, b) => b.tokens - a.tokens || compareItems(a.item, b.item),
  )
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

function addDocuments(
  { documents: sums, byDocument }: ContextSums,
  run: RunFact,
  prices: ReadonlyMap<string, number>,
): void {
  const { documents, count, priced, price, micros } = priceUnusedDocuments(run, prices)
  if (documents === 0) return
  sums.documents += documents
  sums.unused += count
  sums.unusedPriced += priced
  sums.unusedMicros += micros ?? 0
  eachDocument(run, (used, tokens, id) => {
    let row = byDocument.get(id)
    if (!row) {
      row = { runs: 0, told: 0, used: 0, micros: null }
      byDocument.set(id, row)
    }
    row.runs++
    if (used === null) return
    row.told++
    sums.told++
    if (used) {
      row.used++
      sums.used++
    } else row.micros = addKnown(row.micros, priceDocument(tokens, price))
  })
}
