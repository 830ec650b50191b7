import type { RunFact } from '../domain/facts.ts'
import type { StoredRunFact } from '../store/queries/run-fact-rows.ts'
import { compareText } from './collapse-copies.ts'

/**
 * Numbers the runs of one work item, in order of attempt. A number that the emitter gave stands; else a run follows the
 * run that it names as repeated; else the highest attempt that started before it.
 */
export function orderAttempts(runs: readonly StoredRunFact[]): RunFact[] {
  if (runs.length === 1) return [numberRun(runs[0]!, 1)]
  const attempts = new Map<string, number>()
  let highest = 0
  const numbered = [...runs].sort(compareRuns).map((run): RunFact => {
    const repeated = run.retryOf === null ? undefined : attempts.get(run.retryOf)
    const numbered = numberRun(run, (repeated ?? highest) + 1)
    attempts.set(run.traceId, numbered.attempt)
    highest = Math.max(highest, numbered.attempt)
    return numbered
  })
  return numbered.sort((a, b) => a.attempt - b.attempt || compareRuns(a, b))
}

function numberRun({ retryOf, ...run }: StoredRunFact, inferred: number): RunFact {
  return { ...run, attempt: run.attempt ?? inferred, attemptInferred: run.attempt === null }
}

function compareRuns(a: { startedAt: Date; traceId: string }, b: { startedAt: Date; traceId: string }): number {
  return a.startedAt.getTime() - b.startedAt.getTime() || compareText(a.traceId, b.traceId)
}
