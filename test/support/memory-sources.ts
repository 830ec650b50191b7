import type { Outcome } from '../../src/domain/outcome.ts'
import type { Override } from '../../src/domain/override.ts'
import type { StorySpan } from '../../src/memory/entries/run-entry.ts'
import type { Db } from '../../src/store/client.ts'
import { appendAuditEntries } from '../../src/store/queries/append-audit-entries.ts'
import type { StoryFact } from '../../src/store/queries/memory-sources.ts'
import { overrides } from '../../src/store/schema/events.ts'
import { pendingMemory } from '../../src/store/schema/memory.ts'

/** An override with plausible content; give what matters to the test. */
export function overrideWith(members: Partial<Override> & { id: string }): Override {
  return {
    workflow: 'claims',
    workItemId: `claim-of-${members.id}`,
    traceId: null,
    stepId: null,
    agentDecision: 'deny',
    humanDecision: 'approve',
    reason: 'hail rider applies',
    rule: 'HR-12',
    actor: 'Dana',
    minutes: 12,
    occurredAt: new Date('2026-11-10T10:00:00Z'),
    recordedAt: new Date('2026-11-10T10:01:00Z'),
    ...members,
  }
}

/** Stores overrides as recording does: the rows, their audit entries, and the note that memory must make entries. */
export async function storeOverrides(db: Db, stored: Override[]): Promise<void> {
  await db.transaction(async (tx) => {
    await tx.insert(overrides).values(stored)
    await appendAuditEntries(
      tx,
      stored.map((override) => ({
        kind: 'override',
        subjectWorkflow: override.workflow,
        subjectId: override.id,
        content: override,
        recordedAt: override.recordedAt,
      })),
    )
    await tx.insert(pendingMemory).values(
      stored.map(({ workflow, id, recordedAt }) => ({
        kind: 'override' as const,
        workflow,
        sourceId: id,
        changedAt: recordedAt,
      })),
    )
  })
}

/** An outcome; give what matters to the test. */
export function outcomeWith(members: Partial<Outcome> & { id: string }): Outcome {
  const occurredAt = members.occurredAt ?? new Date('2026-11-17T12:00:00Z')
  return {
    workflow: 'claims',
    workItemId: 'claim-1',
    status: 'resolved',
    resolvedBy: null,
    valueMicros: null,
    note: null,
    occurredAt,
    recordedAt: occurredAt,
    ...members,
  }
}

/** A run's stored fact; give what matters to the test. */
export function runFactWith(members: Partial<StoryFact>): StoryFact {
  return {
    traceId: 't-1',
    knownFrom: new Date('2026-11-17T09:15:00Z'),
    knownUntil: null,
    workflow: 'claims',
    workItemId: 'claim-1',
    attempt: 1,
    retryOf: null,
    status: 'ok',
    agentName: 'adjudicator',
    agentVersion: '3',
    promptVersion: 'v14',
    startedAt: new Date('2026-11-17T09:12:03Z'),
    endedAt: new Date('2026-11-17T09:13:00Z'),
    modelCostMicros: 420_000,
    toolCostMicros: null,
    pricedCalls: 5,
    unpricedCalls: 1,
    calls: 6,
    callsWithoutUsage: 0,
    inputTokens: 1000,
    cachedInputTokens: null,
    cacheWriteTokens: null,
    outputTokens: 100,
    reasoningTokens: null,
    usageEstimated: false,
    unexplainedTokens: null,
    models: [
      {
        model: 'gpt-4.1',
        provider: null,
        calls: 6,
        unpricedCalls: 1,
        inputTokens: 1000,
        outputTokens: 100,
        costMicros: 420_000,
      },
    ],
    steps: [],
    documents: [
      { id: 'policy-7', retrieved: 1, used: false },
      { id: 'policy-1', retrieved: 1, used: true },
    ],
    tools: [],
    waste: {},
    workItemAttributes: { policyType: 'home' },
    decision: 'deny',
    rules: [],
    attributedSpans: [],
    contentHash: 'hash',
    ...members,
  }
}

/** A step of a run; give what matters to the test. */
export function spanWith(members: Partial<StorySpan> & { spanId: string }): StorySpan {
  return {
    parentId: null,
    context: { authority: 'docket' },
    kind: 'step',
    name: 'step',
    startedAt: new Date('2026-11-17T09:12:03Z'),
    status: 'ok',
    error: null,
    retryOf: null,
    documents: [],
    tool: null,
    decision: null,
    synthetic: false,
    ...members,
  }
}
