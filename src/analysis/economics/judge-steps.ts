import { type DayReading, detailOf } from '../../attribution/item-days/day-reading.ts'
import type { RunFact } from '../../domain/facts.ts'
import type { MicroDollars } from '../../domain/money.ts'
import type { StepNeed, StepNeeds } from './context-needs.ts'

/** One step of a run, of which the need is known and no call lacks its tokens. */
export interface JudgedStep {
  need: StepNeed
  calls: number
  inputTokens: number
  /** Tokens beyond the need; 0 where it had no more than that. */
  beyond: number
  /** What they cost, at the model's price of an input token, never above what the step cost; null of none, and where that price is not known. */
  micros: MicroDollars | null
}

/** Visits every step of a run that its segment's needs tell something of. `inputPrices` in micro-dollars a token. */
export function judgeSteps(
  run: RunFact,
  needs: StepNeeds,
  inputPrices: ReadonlyMap<string, number>,
  visit: (step: JudgedStep) => void,
): void {
  if (!needs) return
  for (const { name, calls, inputTokens, costMicros, model } of run.steps) {
    const need = needs.get(name)
    if (need === undefined || inputTokens === null || calls === 0) continue
    const step = judge({ ...NOTHING, need }, need, calls, inputTokens)
    if (step.beyond > 0) step.micros = priceOf(step, model === null ? undefined : inputPrices.get(model), costMicros)
    visit(step)
  }
}

const NOTHING = { calls: 0, inputTokens: 0, beyond: 0, micros: null }

/** Written into `step`, which has no price yet. */
function judge(step: JudgedStep, need: StepNeed, calls: number, inputTokens: number): JudgedStep {
  const perCall = inputTokens / calls
  step.need = need
  step.calls = calls
  step.inputTokens = inputTokens
  step.beyond = perCall <= need.need ? 0 : (perCall - need.need) * calls
  step.micros = null
  return step
}

function priceOf({ beyond }: JudgedStep, price: number | undefined, costMicros: MicroDollars): MicroDollars | null {
  return price === undefined ? null : Math.min(costMicros, beyond * price)
}

/**
 * Judges the runs of one packed day, of which each need and price is looked up once. A step that is visited is good until the
 * next one: a year has millions.
 */
export function createDayJudge(reading: DayReading, inputPrices: ReadonlyMap<string, number>) {
  const { run: starts, code, name, names, calls, input, cost, model, models } = detailOf(reading, 'steps').columns
  const prices = Array.from(model, (own) => (own === 0 ? undefined : inputPrices.get(models[own - 1]!)))
  const tables = new Map<StepNeeds, (StepNeed | undefined)[]>()
  let [needs, table]: [StepNeeds, (StepNeed | undefined)[]] = [undefined, []]
  let step: JudgedStep | null = null
  return (run: number, own: StepNeeds, visit: (step: JudgedStep) => void): void => {
    if (!own) return
    if (own !== needs) {
      needs = own
      table = tables.get(own) ?? Array.from(name, (one) => own.get(names[one - 1]!))
      tables.set(own, table)
    }
    for (let index = starts[run]!; index < starts[run + 1]!; index++) {
      const own = code[index]!
      const need = table[own]
      if (need === undefined || calls[own] === 0) continue
      const tokens = input.nullableAt(index)
      if (tokens === null) continue
      step ??= { ...NOTHING, need }
      judge(step, need, calls[own]!, tokens)
      if (step.beyond > 0) step.micros = priceOf(step, prices[own], cost.at(index))
      visit(step)
    }
  }
}
