import type { ModelUse, RunFact } from '../../domain/facts.ts'
import { addKnown } from '../../domain/usage.ts'
import { type Numbers, packNullable, packNumbers } from './numbers.ts'

/** What a run says of itself and its model uses nearly always add up to, by the name of its column. */
interface RunSum {
  said(run: RunFact): number | null
  part(use: ModelUse): number | null
  isNullable: boolean
}

const RUN_SUMS: Readonly<Record<string, RunSum>> = {
  'run.modelCost': { said: (run) => run.modelCostMicros, part: (use) => use.costMicros, isNullable: false },
  'run.calls': { said: (run) => run.usage.calls, part: (use) => use.calls, isNullable: false },
  'run.unpriced': { said: (run) => run.unpricedCalls, part: (use) => use.unpricedCalls, isNullable: false },
  'run.input': { said: (run) => run.usage.inputTokens, part: (use) => use.inputTokens, isNullable: true },
  'run.output': { said: (run) => run.usage.outputTokens, part: (use) => use.outputTokens, isNullable: true },
}

/** The columns that the model uses of the day do not tell: those of which some run says something else than they add up to. */
export function packRunSums(runs: readonly RunFact[]): Record<string, Numbers> {
  const columns: Record<string, Numbers> = {}
  for (const [name, { said, part, isNullable }] of Object.entries(RUN_SUMS)) {
    const none = isNullable ? null : 0
    if (runs.every((run) => said(run) === run.models.map(part).reduce(addKnown, none))) continue
    columns[name] = isNullable ? packNullable(runs.map(said)) : packNumbers(runs.map((run) => said(run)!))
  }
  if (runs.some((run) => run.pricedCalls !== run.usage.calls - run.unpricedCalls)) {
    columns['run.priced'] = packNumbers(runs.map((run) => run.pricedCalls))
  }
  return columns
}
