import fc from 'fast-check'
import { expect, it } from 'vitest'
import { countUsage } from '../../src/attribution/count-usage.ts'
import { findGaps } from '../../src/attribution/find-gaps.ts'
import type { StoredSpan } from '../../src/store/queries/stored-span.ts'
import { anyRearrangement, anySpans } from '../support/any-spans.ts'
import { at, buildSpan, tokens } from '../support/build-span.ts'

const gapsOf = (spans: readonly StoredSpan[], retries: [string, string][] = []) =>
  findGaps(countUsage(spans), new Map(retries))

const failed = (spanId: string, draft: Partial<StoredSpan> = {}) =>
  buildSpan({ spanId, kind: 'chain', name: 'assess', status: 'error', ...draft })

it('shows a container that failed as a call does, where no call was exported', () => {
  const gap = { spanId: 'step', reason: 'failed_without_call', calls: null }
  const root = buildSpan({ spanId: 'root', kind: 'workflow', status: 'error' })
  expect(gapsOf([root, failed('step', { parentId: 'root', error: '429 Too Many Requests' })])).toEqual([gap])
  expect(gapsOf([failed('step', { kind: 'agent' })])).toEqual([gap])
  // The same step makes a call when it works.
  const works = buildSpan({ spanId: 'again', kind: 'chain', name: 'assess', startedAt: at(3) })
  const inside = buildSpan({ spanId: 'call', parentId: 'again', startedAt: at(3), usage: tokens(10, 1) })
  expect(gapsOf([failed('step', { error: 'boom' }), works, inside])).toEqual([gap])
})

it('shows none where a call or another failed step is there, or where nothing speaks for a call', () => {
  expect(gapsOf([failed('step', { error: 'expected a number' })])).toEqual([])
  const limited = failed('step', { error: 'rate limit' })
  expect(gapsOf([limited, buildSpan({ spanId: 'call', parentId: 'step', status: 'error' })])).toEqual([])
  expect(gapsOf([limited, buildSpan({ spanId: 'tool', kind: 'tool', parentId: 'step', status: 'error' })])).toEqual([])
  expect(gapsOf([failed('step', { error: 'rate limit', usage: tokens(10, 0) })])).toEqual([])
})

it('shows attempts that a counter skips, and retries that a step says it had', () => {
  const attempt = (spanId: string, number: number) =>
    buildSpan({ spanId, name: 'assess', startedAt: at(number), attributes: { 'retry.attempt': number } })
  expect(gapsOf([attempt('a', 1), attempt('b', 4)])).toEqual([{ spanId: 'b', reason: 'attempts_skipped', calls: 2 }])
  expect(gapsOf([attempt('a', 0), attempt('b', 1)])).toEqual([])
  const retried = buildSpan({
    spanId: 'c',
    startedAt: at(9),
    attributes: { 'http.request.resend_count': '2', max_retries: 5, 'llm.max.retry_count': 9 },
  })
  expect(gapsOf([retried])).toEqual([{ spanId: 'c', reason: 'retries_inside', calls: 2 }])
  expect(gapsOf([buildSpan({ spanId: 'b' }), retried], [['c', 'b']])).toMatchObject([{ calls: 1 }])
})

it('is the same for any order and repetition, one gap a step, and leaves what counts as it is', () => {
  const anyMarked = fc.tuple(anySpans, fc.array(fc.nat(3), { minLength: 15, maxLength: 15 })).map(([spans, numbers]) =>
    spans.map((span, index) => {
      const name = index % 2 ? 'retry_count' : 'attempt'
      return numbers[index] ? { ...span, attributes: { [name]: numbers[index] } } : span
    }),
  )
  fc.assert(
    fc.property(
      anyMarked.chain((spans) => fc.tuple(fc.constant(spans), anyRearrangement(spans))),
      ([spans, again]) => {
        const before = countUsage(spans)
        const calls = before.calls.map((call) => call.spanIds)
        const gaps = findGaps(before, new Map())
        expect(gapsOf(again)).toEqual(gaps)
        expect(new Set(gaps.map((gap) => gap.spanId)).size).toBe(gaps.length)
        expect(before.calls.map((call) => call.spanIds)).toEqual(calls)
        const counted = new Set(calls.flat())
        for (const gap of gaps) if (gap.reason === 'failed_without_call') expect(counted).not.toContain(gap.spanId)
      },
    ),
  )
})
