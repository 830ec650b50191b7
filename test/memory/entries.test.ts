import { expect, it } from 'vitest'
import { makeAllocationEntry } from '../../src/memory/entries/allocation-entry.ts'
import { makeChangeEntry } from '../../src/memory/entries/change-entry.ts'
import { makeOverrideEntry } from '../../src/memory/entries/override-entry.ts'
import { makeRunEntry } from '../../src/memory/entries/run-entry.ts'
import { NO_CONTEXT } from '../../src/memory/entries/work-item-context.ts'
import { outcomeWith, overrideWith, runFactWith, spanWith } from '../support/memory-sources.ts'

const at = (time: string) => new Date(`2026-11-17T${time}Z`)

it('tells the story of a run: seen, ignored, called, retried, decided, overruled, and what came of it', () => {
  const run = runFactWith({ traceId: 't-2', workItemId: 'claim-8841', attempt: 2, rules: ['HR-12'] })
  const spans = [
    spanWith({
      spanId: 'a',
      kind: 'retrieval',
      name: 'find policy',
      startedAt: at('09:12:03'),
      documents: [
        { id: 'policy-7', title: 'Hail rider', used: false },
        { id: 'policy-1', title: 'Home base', used: true },
      ],
    }),
    spanWith({
      spanId: 'b',
      kind: 'tool',
      name: 'tool',
      startedAt: at('09:12:04'),
      tool: { name: 'lookup_policy' },
      status: 'error',
      error: 'timeout',
    }),
    spanWith({
      spanId: 'c',
      kind: 'tool',
      name: 'tool',
      startedAt: at('09:12:05'),
      tool: { name: 'lookup_policy' },
      retryOf: 'b',
    }),
    spanWith({
      spanId: 'd',
      kind: 'decision',
      name: 'decide',
      startedAt: at('09:12:06'),
      decision: {
        choice: 'deny',
        alternatives: ['approve'],
        rationale: 'no cover for hail',
        rules: ['HR-12'],
        confidence: 0.7,
      },
    }),
  ]
  const override = overrideWith({
    id: 'o-1',
    workItemId: 'claim-8841',
    occurredAt: at('12:00:00'),
    recordedAt: at('12:00:05'),
  })
  const outcome = outcomeWith({
    id: 'x',
    workItemId: 'claim-8841',
    status: 'resolved',
    resolvedBy: 'Dana',
    occurredAt: at('12:30:00'),
  })
  const entry = makeRunEntry(run, spans, {
    attributes: { region: 'TX', exceptionDocs: true },
    outcomes: [outcome],
    overrides: [override],
  })
  expect(entry.text).toBe(
    [
      'Attempt 2 at claim-8841 in claims by adjudicator 3 with prompt v14, Tue 17 Nov 2026, 09:12 UTC, ended ok.',
      'The work item: exceptionDocs, policyType home, region TX.',
      'Retrieved and used Home base (policy-1). Retrieved but not used, ignored Hail rider (policy-7).',
      'Called lookup_policy 2 times (1 failed).',
      'Retried tool 1 time.',
      'Errors: tool: timeout.',
      'Decided deny over approve because no cover for hail (rules HR-12) with confidence 0.7.',
      'Dana overruled it: deny → approve, because hail rider applies (rule HR-12).',
      'Outcome: resolved on Tue 17 Nov 2026, 12:30 UTC by Dana.',
      '$0.42 for 6 model calls (gpt-4.1), 1 call without a price.',
    ].join('\n'),
  )
  expect(entry).toMatchObject({
    id: 'run:claims:t-2',
    title: 'claim-8841, attempt 2: deny',
    outcome: 'resolved',
    rule: 'HR-12',
    latestAt: at('12:30:00'),
  })
  expect(entry.identifiers).toEqual(expect.arrayContaining(['claim-8841', 't-2', 'HR-12', 'policy-7']))
})

it('says nothing of what is unknown', () => {
  const run = runFactWith({
    attempt: null,
    agentName: null,
    agentVersion: null,
    promptVersion: null,
    workItemAttributes: {},
    decision: null,
    calls: 0,
    status: 'unset',
  })
  expect(makeRunEntry(run, [], NO_CONTEXT).text).toBe(
    'A run at claim-1 in claims, Tue 17 Nov 2026, 09:12 UTC, ended without a status.',
  )
  const unpriced = makeRunEntry(runFactWith({ pricedCalls: 0, unpricedCalls: 6, modelCostMicros: 0 }), [], NO_CONTEXT)
  expect(unpriced.text).toContain('Cost unknown for 6 model calls')
  expect(unpriced.text).not.toContain('$')
})

it('is the same whatever the order of the rows', () => {
  const spans = ['a', 'b', 'c'].map((spanId) =>
    spanWith({ spanId, name: spanId, kind: 'tool', startedAt: at('09:12:03') }),
  )
  const run = runFactWith({})
  expect(makeRunEntry(run, spans.toReversed(), NO_CONTEXT)).toEqual(makeRunEntry(run, spans, NO_CONTEXT))
})

it('tells of an override without what came later', () => {
  const outcome = outcomeWith({ id: 'x', workItemId: 'claim-1', status: 'reopened', occurredAt: at('20:00:00') })
  const entry = makeOverrideEntry(
    { ...overrideWith({ id: 'o-1', workItemId: 'claim-1' }), erasedAt: null },
    { attributes: { region: 'TX' }, outcomes: [outcome], overrides: [] },
  )
  expect(entry.title).toBe('claim-1: deny → approve')
  expect(entry.text).toBe(
    'Dana overruled the agent and decided approve where it had decided deny, because hail rider applies.\nRule HR-12.\nThe work item: region TX.\nIt took 12 minutes.',
  )
  expect(entry).toMatchObject({ outcome: 'reopened', latestAt: entry.occurredAt })
})

it('tells of changes and of allocation decisions', () => {
  const change = makeChangeEntry({
    id: 'c-1',
    workflow: 'claims',
    kind: 'prompt',
    description: 'prompt v14',
    attributes: {},
    inferred: true,
    occurredAt: at('08:00:00'),
    recordedAt: at('08:00:00'),
  })
  expect(change.text).toContain('Nobody announced it')
  const decision = makeAllocationEntry({
    id: 'd-1',
    workflow: 'claims',
    segment: { exceptionDocs: 'true' },
    action: 'keep_with_people',
    parameters: {},
    title: 'Exception documents back to people',
    expectedMonthlyMicros: 2_900_000_000,
    interval: { low: 2_300_000_000, high: 3_500_000_000 },
    evidence: [],
    status: 'approved',
    decidedBy: 'Kim',
    decidedAt: at('10:00:00'),
    proposedAt: at('09:00:00'),
  })
  expect(decision.text).toContain('Expected effect: $2900.00 a month, likely between $2300.00 and $3500.00.')
  expect(decision.text).toContain('approved by Kim on Tue 17 Nov 2026, 10:00 UTC.')
})
