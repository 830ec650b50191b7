import type { CorrectionFact, RunFact, WorkItemFact } from '../../src/domain/facts.ts'

const RUN = [
  ...['traceId', 'workflow', 'workItemId', 'attempt', 'attemptInferred', 'status', 'agentName', 'agentVersion'],
  ...['promptVersion', 'startedAt', 'endedAt', 'modelCostMicros', 'toolCostMicros', 'pricedCalls', 'unpricedCalls'],
  ...['usage', 'usageEstimated', 'unexplainedTokens', 'models', 'steps', 'documents', 'tools', 'waste'],
  ...['workItemAttributes', 'decision', 'rules', 'knownFrom'],
] as (keyof RunFact)[]
const CORRECTION = [
  ...[
    'id',
    'occurredAt',
    'minutes',
    'costMicros',
    'agentDecision',
    'humanDecision',
    'reason',
    'rule',
    'actor',
    'traceId',
  ],
] as (keyof CorrectionFact)[]
const ITEM = [
  ...[
    'workflow',
    'workItemId',
    'attributes',
    'status',
    'closedAt',
    'reopened',
    'valueMicros',
    'attempts',
    'runsMicros',
  ],
  ...['toolsMicros', 'correctionsMicros', 'outcomes', 'corrections', 'unpricedCorrections', 'correctionMinutes'],
  ...['totalMicros', 'pricedCalls', 'unpricedCalls', 'usage', 'firstTry', 'startedAt'],
] as (keyof WorkItemFact)[]

const pick = <Whole, Key extends keyof Whole>(whole: Whole, keys: readonly Key[]) =>
  Object.fromEntries(keys.map((key) => [key, whole[key]])) as Pick<Whole, Key>

/** A fact with everything that it says written out, wherever it is read from. */
export function plainFact(fact: WorkItemFact): WorkItemFact {
  const runs = fact.runs.map((run) => pick(run, RUN))
  return { ...pick(fact, ITEM), runs, overrides: fact.overrides.map((one) => pick(one, CORRECTION)) } as WorkItemFact
}
