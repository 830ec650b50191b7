import type { RunFact } from '../domain/facts.ts'
import type { StoredRunFact } from '../store/queries/run-fact-rows.ts'
import { compareText } from './collapse-copies.ts'

/**
 * Numbers the runs of one work item, in order of attempt. A number that the emitter gave stands; else a run follows the
 * run that it names as repeated; else the highest attempt that started before it.
 */
export function orderAttempts(runs: readonly StoredRunFact[]): RunFact[] {
  const attempts = new Map<string, number>()
  let highest = 0
  const numbered = [...runs].sort(compareRuns).map((run): RunFact => {
    const { retryOf, ...fact } = run
    const repeated = retryOf === null ? undefined : attempts.get(retryOf)
    const attempt = run.attempt ?? (repeated ?? highest) + 1
    attempts.set(run.traceId, attempt)
    highest = Math.max(highest, attempt)
    return { ...fact, attempt, attemptInferred: run.attempt === null }
  })
  return numbered.sort((a, b) => a.attempt - b.attempt || compareRuns(a, b))
}

function compareRuns(a: { startedAt: Date; traceId: string }, b: { startedAt: Date; traceId: string }): number {
  return a.startedAt.getTime() - b.startedAt.getTime() || compareText(a.traceId, b.traceId)
}
