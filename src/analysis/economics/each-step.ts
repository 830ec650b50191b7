import { nullableAt } from '../../attribution/item-days/numbers.ts'
import { RunView } from '../../attribution/item-days/run-view.ts'
import type { RunFact } from '../../domain/facts.ts'
import type { MicroDollars } from '../../domain/money.ts'

export type StepVisitor = (
  name: string,
  calls: number,
  inputTokens: number | null,
  costMicros: MicroDollars,
  model: string | null,
) => void

/** Visits the steps of a run, in order. Of a run from a packed day no object is made of any: a year has millions. */
export function eachStep(run: RunFact, visit: StepVisitor): void {
  if (!(run instanceof RunView)) {
    for (const step of run.steps) visit(step.name, step.calls, step.inputTokens, step.costMicros, step.model)
    return
  }
  const { run: starts, name, names, calls, input, cost, model, models } = run.stepColumns
  for (let index = starts[run.run]!; index < starts[run.run + 1]!; index++) {
    const code = model[index]!
    const on = code === 0 ? null : models[code - 1]!
    visit(names[name[index]! - 1]!, calls[index]!, nullableAt(input, index), cost[index]!, on)
  }
}
