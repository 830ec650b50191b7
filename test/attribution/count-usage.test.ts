import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { countUsage } from '../../src/attribution/count-usage.ts'
import type { StoredSpan } from '../../src/store/queries/stored-span.ts'
import { anyRearrangement, anySpans } from '../support/any-spans.ts'
import { at, buildSpan, tokens } from '../support/build-span.ts'

/** Ids of the counted spans, and the tokens that they come to. */
function counted(spans: StoredSpan[]) {
  const { calls, unexplainedTokens } = countUsage(spans)
  const sum = (field: 'inputTokens' | 'outputTokens') =>
    calls.reduce((total, call) => total + (call.usage?.[field] ?? 0), 0)
  return {
    ids: calls.map((call) => call.span.spanId),
    input: sum('inputTokens'),
    output: sum('outputTokens'),
    unexplained: unexplainedTokens,
  }
}

describe('countUsage', () => {
  it('counts calls, not the agent that carries their sum (AI SDK 7: two chats of 2000 and an invoke_agent of 4000)', () => {
    const spans = [
      buildSpan({ spanId: 'agent', kind: 'agent', usage: tokens(4000, 40) }),
      buildSpan({ spanId: 'a', parentId: 'agent', startedAt: at(1), usage: tokens(2000, 20) }),
      buildSpan({ spanId: 'b', parentId: 'agent', startedAt: at(2), usage: tokens(2000, 20) }),
    ]
    expect(counted(spans)).toEqual({ ids: ['a', 'b'], input: 4000, output: 40, unexplained: 0 })
  })

  it('counts one call that two instrumentations report with the same totals, and knows what either says', () => {
    const spans = [
      buildSpan({ spanId: 'outer', usage: tokens(6412, 300), model: 'claude-sonnet-4-5', costUsd: 0.02 }),
      buildSpan({
        spanId: 'inner',
        parentId: 'outer',
        startedAt: at(1),
        responseId: 'msg_1',
        usage: { ...tokens(6412, 300), cachedInputTokens: 6000, cacheWriteTokens: 0 },
      }),
    ]
    const { calls } = countUsage(spans)
    expect(calls).toHaveLength(1)
    expect(calls[0]).toMatchObject({ model: 'claude-sonnet-4-5', costUsd: 0.02, usage: { cachedInputTokens: 6000 } })
    expect(calls[0]!.span.spanId).toBe('inner')
  })

  it('takes nested spans of one response for one call, with the fuller counts', () => {
    const spans = [
      buildSpan({ spanId: 'outer', responseId: 'r', usage: { ...tokens(100, 10), cachedInputTokens: 50 } }),
      buildSpan({ spanId: 'chain', kind: 'chain', parentId: 'outer' }),
      buildSpan({ spanId: 'inner', parentId: 'chain', responseId: 'r', usage: tokens(101, 10) }),
    ]
    expect(counted(spans)).toEqual({ ids: ['outer'], input: 100, output: 10, unexplained: null })
  })

  it('counts siblings apart, even of the same response and totals', () => {
    const spans = ['a', 'b'].map((spanId) => buildSpan({ spanId, responseId: 'r', usage: tokens(10, 1) }))
    expect(counted(spans)).toMatchObject({ ids: ['a', 'b'], input: 20 })
  })

  it('counts a call that a tool of another call makes', () => {
    const spans = [
      buildSpan({ spanId: 'outer', responseId: 'r1', usage: tokens(1000, 50) }),
      buildSpan({ spanId: 'tool', kind: 'tool', parentId: 'outer' }),
      buildSpan({ spanId: 'inner', parentId: 'tool', responseId: 'r2', usage: tokens(300, 20) }),
    ]
    expect(counted(spans)).toMatchObject({ input: 1300, output: 70 })
  })

  it('takes a streamed call without usage and its wrapper with usage for one', () => {
    const spans = [
      buildSpan({ spanId: 'outer', model: 'gpt-4o', usage: tokens(500, 60) }),
      buildSpan({ spanId: 'inner', parentId: 'outer', model: 'gpt-4o-2024-08-06' }),
    ]
    expect(counted(spans)).toMatchObject({ ids: ['outer'], input: 500 })
  })

  it('does not count a model span that only sums the calls inside it', () => {
    const spans = [
      buildSpan({ spanId: 'generate', usage: tokens(300, 30) }),
      buildSpan({ spanId: 'a', parentId: 'generate', usage: tokens(100, 10) }),
      buildSpan({ spanId: 'b', parentId: 'generate', startedAt: at(1), usage: tokens(200, 20) }),
    ]
    expect(counted(spans)).toMatchObject({ ids: ['a', 'b'], input: 300, output: 30 })
  })

  it('counts the innermost container where no call was exported', () => {
    const spans = [
      buildSpan({ spanId: 'workflow', kind: 'workflow', usage: tokens(900, 90) }),
      buildSpan({ spanId: 'agent', kind: 'agent', parentId: 'workflow', usage: tokens(900, 90) }),
      buildSpan({ spanId: 'tool', kind: 'tool', parentId: 'agent' }),
    ]
    expect(counted(spans)).toEqual({ ids: ['agent'], input: 900, output: 90, unexplained: 0 })
  })

  it('does not count usage on what is neither a model call nor a container', () => {
    const spans = [
      buildSpan({ spanId: 'agent', kind: 'agent', usage: tokens(100, 10) }),
      buildSpan({ spanId: 'tool', kind: 'tool', parentId: 'agent', startedAt: at(1), usage: tokens(100, 10) }),
      buildSpan({ spanId: 'search', kind: 'retrieval', startedAt: at(2), usage: tokens(50, 0) }),
    ]
    expect(counted(spans)).toEqual({ ids: ['agent'], input: 100, output: 10, unexplained: null })
  })

  it('keeps what a container reports beyond its inside, once however deep the containers', () => {
    const spans = [
      buildSpan({ spanId: 'workflow', kind: 'workflow', usage: tokens(5000, 500) }),
      buildSpan({ spanId: 'agent', kind: 'agent', parentId: 'workflow', usage: tokens(5000, 500) }),
      buildSpan({ spanId: 'call', parentId: 'agent', usage: tokens(4000, 400) }),
    ]
    expect(counted(spans)).toEqual({ ids: ['call'], input: 4000, output: 400, unexplained: 1100 })
  })

  it('keeps calls without usage as calls', () => {
    const { calls } = countUsage([buildSpan({ spanId: 'a' }), buildSpan({ spanId: 'b', kind: 'tool' })])
    expect(calls).toMatchObject([{ usage: null }])
  })

  it('is safe with orphans, spans that are their own parent, and cycles', () => {
    const spans = [
      buildSpan({ spanId: 'orphan', parentId: 'gone', usage: tokens(1, 1) }),
      buildSpan({ spanId: 'self', parentId: 'self', usage: tokens(2, 1) }),
      buildSpan({ spanId: 'x', parentId: 'z', usage: tokens(4, 1) }),
      buildSpan({ spanId: 'y', parentId: 'x', usage: tokens(8, 1) }),
      buildSpan({ spanId: 'z', parentId: 'y', usage: tokens(16, 1) }),
    ]
    expect(counted(spans)).toMatchObject({ input: 31, output: 5 })
  })

  it('takes the fullest of several copies of a span', () => {
    const spans = [
      buildSpan({ spanId: 'a', fullness: 2, contentHash: 'x', usage: tokens(10, 1) }),
      buildSpan({ spanId: 'a', fullness: 3, contentHash: 'a', usage: tokens(20, 1) }),
      buildSpan({ spanId: 'a', fullness: 3, contentHash: 'b', usage: tokens(30, 1) }),
    ]
    expect(counted(spans)).toMatchObject({ ids: ['a'], input: 30 })
  })

  it('is not undone by a chain of twenty thousand spans', () => {
    const spans = Array.from({ length: 20_000 }, (_, index) =>
      buildSpan({
        spanId: `s${index}`,
        parentId: index === 0 ? null : `s${index - 1}`,
        kind: index % 2 === 0 ? 'agent' : 'tool',
        usage: index === 19_998 ? tokens(7, 1) : null,
      }),
    )
    expect(counted(spans)).toMatchObject({ input: 7 })
  })

  it('says the same of any order and repetition of the copies', () => {
    fc.assert(
      fc.property(
        anySpans.chain((spans) => fc.tuple(fc.constant(spans), anyRearrangement(spans))),
        ([spans, again]) => {
          expect(countUsage(again)).toEqual(countUsage(spans))
        },
      ),
      { numRuns: 300 },
    )
  })

  it('counts every model span in at most one call, and never an ancestor that is a container of a counted call', () => {
    fc.assert(
      fc.property(anySpans, (spans) => {
        const { calls, tree } = countUsage(spans)
        const reporting = calls.flatMap((call) => call.spanIds)
        expect(new Set(reporting).size).toBe(reporting.length)
        for (const call of calls) {
          let parent = tree.parentOf.get(call.outermost.spanId)
          while (parent) {
            const isModel = ['llm', 'embedding', 'rerank'].includes(parent.kind)
            if (!isModel) expect(reporting).not.toContain(parent.spanId)
            parent = tree.parentOf.get(parent.spanId)
          }
        }
      }),
      { numRuns: 300 },
    )
  })
})
