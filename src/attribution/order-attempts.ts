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

/** Field by field: objects made by spreading are slow to read, and an answer reads hundreds of thousands of them. */
function numberRun(run: StoredRunFact, inferred: number): RunFact {
  return {
    traceId: run.traceId,
    workflow: run.workflow,
    workItemId: run.workItemId,
    attempt: run.attempt ?? inferred,
    attemptInferred: run.attempt === null,
    status: run.status,
    agentName: run.agentName,
    agentVersion: run.agentVersion,
    promptVersion: run.promptVersion,
    startedAt: run.startedAt,
    endedAt: run.endedAt,
    modelCostMicros: run.modelCostMicros,
    toolCostMicros: run.toolCostMicros,
    pricedCalls: run.pricedCalls,
    unpricedCalls: run.unpricedCalls,
    usage: run.usage,
    usageEstimated: run.usageEstimated,
    unexplainedTokens: run.unexplainedTokens,
    models: run.models,
    steps: run.steps,
    documents: run.documents,
    tools: run.tools,
    waste: run.waste,
    workItemAttributes: run.workItemAttributes,
    decision: run.decision,
    rules: run.rules,
    knownFrom: run.knownFrom,
  }
}

function compareRuns(a: { startedAt: Date; traceId: string }, b: { startedAt: Date; traceId: string }): number {
  return a.startedAt.getTime() - b.startedAt.getTime() || compareText(a.traceId, b.traceId)
}
