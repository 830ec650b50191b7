import type { EconomicsParameters } from '../../../src/analysis/economics/parameters.ts'
import { resolveParameters } from '../../../src/analysis/economics/parameters.ts'
import type { CorrectionFact, ModelUse, OutcomeStep, RunFact, WorkItemFact } from '../../../src/domain/facts.ts'
import { CLOSING_STATUSES, type OutcomeStatus } from '../../../src/domain/outcome.ts'
import type { Plan } from '../../../src/domain/plan.ts'
import { addKnown, addUsage, NO_USAGE } from '../../../src/domain/usage.ts'
import type { Workflow } from '../../../src/domain/workflow.ts'

/** The weeks that most tests ask about: 9–15 November 2026 against 2–8 November. */
export const WEEK = { from: '2026-11-09', to: '2026-11-16' }
export const WEEK_BEFORE = { from: '2026-11-02', to: '2026-11-09' }
export const AS_OF = new Date('2026-11-18T09:00:00Z')
export const CLAIMS: Workflow = { name: 'claims', unit: 'claim' }

export function makeParameters(plan: Partial<Plan> = {}, workflows: Workflow[] = [CLAIMS]): EconomicsParameters {
  const standpoint = { asOf: AS_OF, knownAt: null, timeZone: 'UTC' }
  const context = { standpoint, baseUrl: 'http://docket.test', workflows }
  return resolveParameters(context, { analysis: 'cost_per_resolved', workflow: 'claims', ...plan })
}

export function makeUse(use: Partial<ModelUse> = {}): ModelUse {
  return {
    ...{ model: 'gpt-4.1', provider: 'openai', calls: 1, unpricedCalls: 0, inputTokens: 1000, outputTokens: 100 },
    costMicros: 10_000,
    ...use,
  }
}

/** A run whose sums follow from its models. */
export function makeRun(run: Partial<RunFact> = {}): RunFact {
  const models = run.models ?? [makeUse()]
  const sum = (value: (use: ModelUse) => number | null) =>
    models.reduce<number | null>((total, use) => addKnown(total, value(use)), null)
  const calls = sum((use) => use.calls) ?? 0
  const unpricedCalls = sum((use) => use.unpricedCalls) ?? 0
  return {
    ...{ traceId: 't-1', workflow: 'claims', workItemId: 'claim-1', attempt: 1, attemptInferred: false, status: 'ok' },
    ...{ agentName: 'adjudicator', agentVersion: '1', promptVersion: 'v13' },
    startedAt: new Date('2026-11-10T10:00:00Z'),
    endedAt: new Date('2026-11-10T10:05:00Z'),
    modelCostMicros: sum((use) => use.costMicros) ?? 0,
    toolCostMicros: null,
    pricedCalls: calls - unpricedCalls,
    unpricedCalls,
    usage: {
      ...NO_USAGE,
      calls,
      inputTokens: sum((use) => use.inputTokens),
      outputTokens: sum((use) => use.outputTokens),
    },
    ...{ usageEstimated: false, unexplainedTokens: null, models, steps: [], documents: [], tools: [], waste: {} },
    ...{ workItemAttributes: {}, decision: null, rules: [], knownFrom: new Date('2026-11-10T10:06:00Z') },
    ...run,
  } as RunFact
}

export function makeCorrection(correction: Partial<CorrectionFact> = {}): CorrectionFact {
  return {
    ...{ id: 'o-1', occurredAt: new Date('2026-11-11T10:00:00Z'), minutes: 10, costMicros: 8_000_000 },
    ...{ agentDecision: 'deny', humanDecision: 'approve', reason: 'hail rider applies', rule: 'HR-12', actor: 'ann' },
    traceId: null,
    ...correction,
  }
}

/** An item whose sums and status follow from its runs, outcomes and corrections, by a reading of the definitions of its own. */
export function makeItem(
  item: Partial<
    Pick<WorkItemFact, 'workflow' | 'workItemId' | 'attributes' | 'runs' | 'overrides' | 'outcomes' | 'valueMicros'>
  > = {},
): WorkItemFact {
  const workflow = item.workflow ?? 'claims'
  const workItemId = item.workItemId ?? 'claim-1'
  const runs = (item.runs ?? [makeRun()]).map((run, index) => ({
    ...run,
    workflow,
    workItemId,
    attempt: index + 1,
    traceId: run.traceId === 't-1' ? `${workItemId}/${index + 1}` : run.traceId,
  }))
  const overrides = item.overrides ?? []
  const outcomes: OutcomeStep[] = item.outcomes ?? [
    { status: 'resolved', occurredAt: new Date('2026-11-11T12:00:00Z') },
  ]
  const last = outcomes.at(-1)
  const isClosed = last !== undefined && CLOSING_STATUSES.includes(last.status as OutcomeStatus)
  const correctionsMicros = overrides.reduce<number | null>((sum, one) => addKnown(sum, one.costMicros), null)
  const runsMicros = runs.reduce((sum, run) => sum + run.modelCostMicros, 0)
  const toolsMicros = runs.reduce<number | null>((sum, run) => addKnown(sum, run.toolCostMicros), null)
  return {
    ...{ workflow, workItemId, attributes: item.attributes ?? {}, status: last?.status ?? 'open' },
    closedAt: isClosed ? last.occurredAt : null,
    reopened: !isClosed && outcomes.some((outcome) => outcome.status === 'reopened'),
    valueMicros: item.valueMicros ?? null,
    ...{ runs, attempts: runs.length, runsMicros, toolsMicros, correctionsMicros, overrides, outcomes },
    corrections: overrides.length,
    unpricedCorrections: overrides.filter((one) => one.costMicros === null).length,
    correctionMinutes: overrides.reduce<number | null>((sum, one) => addKnown(sum, one.minutes), null),
    totalMicros: runsMicros + (toolsMicros ?? 0) + (correctionsMicros ?? 0),
    pricedCalls: runs.reduce((sum, run) => sum + run.pricedCalls, 0),
    unpricedCalls: runs.reduce((sum, run) => sum + run.unpricedCalls, 0),
    usage: runs.reduce((sum, run) => addUsage(sum, run.usage), NO_USAGE),
    firstTry: last?.status === 'resolved' && runs.length === 1 && overrides.length === 0,
    startedAt: runs[0]?.startedAt ?? last?.occurredAt ?? AS_OF,
  }
}

/** A resolved item of one run that cost so many dollars, closed in the week asked about. */
export function makeResolved(id: string, dollars: number, attributes: Record<string, string> = {}): WorkItemFact {
  const run = makeRun({ models: [makeUse({ costMicros: Math.round(dollars * 1_000_000) })] })
  return makeItem({ workItemId: id, runs: [run], attributes })
}
