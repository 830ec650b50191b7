import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildRunFact } from '../../src/attribution/build-run-fact.ts'
import type { StoredSpan } from '../../src/store/queries/stored-span.ts'
import { anyRearrangement, anySpans } from '../support/any-spans.ts'
import { at, buildSpan, tokens } from '../support/build-span.ts'

const build = (spans: StoredSpan[]) => buildRunFact(spans, { contractPrices: [] }, at(0))

/** A gpt-4.1 call of 1000 in and 100 out: 1000 × $2/M + 100 × $8/M = 2,800 micro-dollars. */
const call = (spanId: string, seconds: number, draft: Partial<StoredSpan> = {}) =>
  buildSpan({ spanId, startedAt: at(seconds), model: 'gpt-4.1', usage: tokens(1000, 100), ...draft })

const tool = (spanId: string, seconds: number, query: string, draft: Partial<StoredSpan> = {}) =>
  buildSpan({
    spanId,
    kind: 'tool',
    name: 'lookup',
    startedAt: at(seconds),
    tool: { name: 'lookup', arguments: { query }, result: 'x', costUsd: 0.001 },
    ...draft,
  })

describe('buildRunFact', () => {
  it('sums what is known and tells what is not', () => {
    const fact = build([
      call('a', 0),
      call('b', 1, { model: 'acme-llm' }),
      call('c', 2, { usage: null }),
      tool('t', 3, 'q'),
    ])
    expect(fact).toMatchObject({
      modelCostMicros: 2_800,
      toolCostMicros: 1_000,
      pricedCalls: 1,
      unpricedCalls: 2,
      usage: { calls: 3, callsWithoutUsage: 1, inputTokens: 2000, outputTokens: 200, cachedInputTokens: null },
      startedAt: at(0),
      endedAt: at(4),
      tools: ['lookup'],
    })
    expect(fact.models).toEqual([
      {
        model: 'acme-llm',
        provider: null,
        calls: 1,
        unpricedCalls: 1,
        inputTokens: 1000,
        outputTokens: 100,
        costMicros: 0,
      },
      {
        model: 'gpt-4.1',
        provider: null,
        calls: 2,
        unpricedCalls: 1,
        inputTokens: 1000,
        outputTokens: 100,
        costMicros: 2_800,
      },
    ])
  })

  it('rounds once, over the run, so that three thirds of a micro-dollar are one', () => {
    const thirds = ['a', 'b', 'c'].map((spanId) => call(spanId, 0, { costUsd: 1 / 3_000_000 }))
    const fact = build(thirds)
    expect(fact.modelCostMicros).toBe(1)
    expect(fact.attributedSpans.map((span) => span.costMicros)).toEqual([1, 0, 0])
  })

  it('takes each name from the highest authority, then from the earliest span', () => {
    const fact = build([
      call('a', 0, { context: { authority: 'service', workflow: 'svc', workItemId: 'session', agentName: 'svc' } }),
      call('b', 2, { context: { authority: 'docket', workflow: 'claims', workItemAttributes: { region: 'TX' } } }),
      call('c', 1, {
        context: { authority: 'docket', workflow: 'claims', workItemAttributes: { region: 'CA', tier: 2 }, attempt: 3 },
      }),
      call('d', 3, { context: { authority: 'dialect', workflow: 'chain', workItemId: 'case-7' } }),
    ])
    expect(fact).toMatchObject({ workflow: 'claims', workItemId: 'case-7', agentName: 'svc', attempt: 3 })
    expect(fact.workItemAttributes).toEqual({ region: 'CA', tier: 2 })
    const fallback = { authority: 'dialect' as const, workItemId: 'thread-5' }
    const named = call('b', 2, { context: { authority: 'service', workflow: 'svc', workItemId: 'session' } })
    const withFallback = build([
      named,
      call('a', 9, { context: { authority: 'docket', workflow: 'claims', fallback } }),
    ])
    expect(withFallback).toMatchObject({ workflow: 'claims', workItemId: 'thread-5' })
    const bare = build([call('a', 0, { context: { authority: 'docket', workflow: 'claims' } })])
    expect([bare.workItemId, bare.attempt]).toEqual(['t-1', null])
  })

  it('takes the status that the run states, else that of the last root', () => {
    const ok = call('b', 1)
    expect(build([call('a', 0, { status: 'error' }), ok]).status).toBe('ok')
    expect(build([call('a', 0, { status: 'unset', endedAt: null })]).status).toBe('unset')
    const root = buildSpan({ spanId: 'docket:run', kind: 'workflow', synthetic: true, status: 'unset', endedAt: null })
    const stated = { ...root, context: { ...root.context, runStatus: 'abandoned' as const } }
    expect(build([stated, ok]).status).toBe('abandoned')
    const below = { parentId: 'docket:run' }
    const steps = [call('2', 1, { ...below, status: 'error' }), call('10', 1, { ...below, status: 'unset' })]
    expect(build([root, ...steps]).status).toBe('ok')
    expect(build([root, steps[0]!]).status).toBe('error')
  })

  it('folds loops into steps and leaves out containers', () => {
    const fact = build([
      buildSpan({ spanId: 'agent', kind: 'agent', name: 'adjudicator' }),
      call('a', 1, { parentId: 'agent', name: 'plan' }),
      tool('t1', 2, 'q1', { parentId: 'agent' }),
      call('b', 3, { parentId: 'agent', name: 'plan', model: 'gpt-4o', status: 'error' }),
      tool('t2', 4, 'q2', { parentId: 'agent' }),
    ])
    expect(fact.steps).toEqual([
      // gpt-4o: 1000 × $2.50/M + 100 × $10/M = 3,500 micro-dollars.
      { name: 'plan', kind: 'llm', model: null, calls: 2, failed: 1, inputTokens: 2000, costMicros: 6_300 },
      { name: 'lookup', kind: 'tool', model: null, calls: 2, failed: 0, inputTokens: null, costMicros: 0 },
    ])
  })

  it('knows which documents were used, were not, and of which nobody says', () => {
    const documents = (...list: StoredSpan['documents']) => ({ kind: 'retrieval' as const, documents: list })
    const fact = build([
      buildSpan({ spanId: 'a', ...documents({ id: 'd1', used: false, characters: 4001 }, { id: 'd2' }) }),
      buildSpan({
        spanId: 'b',
        ...documents(
          { id: 'd1', used: true, characters: 4000 },
          { id: 'd3', used: false, tokens: 70, characters: 4000 },
        ),
      }),
    ])
    // A quarter of the characters, unless the emitter counted; a length that nobody tells stays unknown.
    expect(fact.documents).toEqual([
      { id: 'd1', retrieved: 2, used: true, tokens: 2001 },
      { id: 'd2', retrieved: 1, used: null, tokens: null },
      { id: 'd3', retrieved: 1, used: false, tokens: 70 },
    ])
  })

  it('puts each wasted dollar in one class', () => {
    const decision = { choice: 'deny', rules: ['HR-12'] }
    const fact = build([
      call('first', 0, { inputHash: 'h' }),
      tool('t1', 1, 'q'),
      call('asksAgain', 2, { inputHash: 'h2' }),
      tool('t2', 3, 'q'),
      call('failed', 4, { status: 'error', inputHash: 'h3' }),
      call('retry', 5, { inputHash: 'h3' }),
      call('decide', 6, { decision }),
      call('repeated', 8, { inputHash: 'h' }),
      call('after', 9, { inputHash: 'h4' }),
    ])
    const waste = fact.attributedSpans.flatMap((span) => (span.waste ? [[span.spanId, span.waste]] : []))
    expect(waste).toEqual([
      ['asksAgain', 'loop'],
      ['t2', 'loop'],
      ['failed', 'failed_call'],
      ['repeated', 'loop'],
      ['after', 'after_decision'],
    ])
    // Loop: two calls of 2,800 and the second lookup's fee of 1,000.
    expect(fact.waste).toEqual({ failed_call: 2_800, loop: 6_600, after_decision: 2_800 })
    expect([fact.decision, fact.rules]).toEqual(['deny', ['HR-12']])
  })

  it('takes a tool that answers differently for polling, not for a loop', () => {
    const poll = (spanId: string, seconds: number, result: string) =>
      tool(spanId, seconds, 'q', { tool: { name: 'status', arguments: { id: 1 }, result } })
    expect(build([poll('a', 0, 'pending'), poll('b', 1, 'done')]).waste).toEqual({})
  })

  it('knows a tool call that two instrumentations report, the one inside the other, for one', () => {
    const fact = build([tool('outer', 0, 'q'), tool('inner', 0, 'q', { parentId: 'outer', endedAt: null })])
    expect(fact).toMatchObject({ toolCostMicros: 1_000, waste: {}, tools: ['lookup'] })
    expect(fact.steps).toMatchObject([{ name: 'lookup', calls: 1 }])
  })

  it('takes the cost of a tool span for its fee, but not where calls inside are counted', () => {
    const fact = build([
      buildSpan({ spanId: 't1', kind: 'tool', costUsd: 0.02 }),
      buildSpan({ spanId: 't2', kind: 'tool', costUsd: 0.5 }),
      call('a', 1, { parentId: 't2' }),
    ])
    expect([fact.toolCostMicros, fact.modelCostMicros]).toEqual([20_000, 2_800])
  })

  it('adds up: spans to the run, models to the run, waste within it', () => {
    fc.assert(
      fc.property(anySpans, (spans) => {
        const fact = build(spans)
        const sum = (numbers: number[]) => numbers.reduce((a, b) => a + b, 0)
        expect(sum(fact.attributedSpans.map((span) => span.costMicros ?? 0))).toBe(fact.modelCostMicros)
        expect(sum(fact.models.map((model) => model.costMicros))).toBe(fact.modelCostMicros)
        expect(sum(fact.steps.map((step) => step.costMicros))).toBe(fact.modelCostMicros)
        expect(fact.pricedCalls + fact.unpricedCalls).toBe(fact.usage.calls)
        expect(fact.attributedSpans.filter((span) => span.counted)).toHaveLength(fact.usage.calls)
        const spent = fact.modelCostMicros + (fact.toolCostMicros ?? 0)
        expect(sum(Object.values(fact.waste))).toBeLessThanOrEqual(spent)
      }),
      { numRuns: 300 },
    )
  })

  it('is the same fact for any order and repetition of the spans', () => {
    fc.assert(
      fc.property(
        anySpans.chain((spans) => fc.tuple(fc.constant(spans), anyRearrangement(spans))),
        ([spans, again]) => {
          expect(build(again)).toEqual(build(spans))
        },
      ),
      { numRuns: 300 },
    )
  })
})
