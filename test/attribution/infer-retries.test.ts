import fc from 'fast-check'
import { expect, it } from 'vitest'
import { countUsage } from '../../src/attribution/count-usage.ts'
import { findToolCalls } from '../../src/attribution/find-tool-calls.ts'
import { inferRetries } from '../../src/attribution/infer-retries.ts'
import type { StoredSpan } from '../../src/store/queries/stored-span.ts'
import { anyRearrangement, anySpans } from '../support/any-spans.ts'
import { at, buildSpan, tokens } from '../support/build-span.ts'

function retriesOf(spans: readonly StoredSpan[]): [string, string][] {
  const count = countUsage(spans)
  return [...inferRetries(count.calls, findToolCalls(count.spans, count.tree).calls)].sort()
}

const call = (spanId: string, seconds: number, status: 'ok' | 'error', draft: Partial<StoredSpan> = {}) =>
  buildSpan({ spanId, name: 'assess', startedAt: at(seconds), status, inputHash: 'h1', ...draft })

it('takes a call with the same step and input after a failed one for its retry', () => {
  const tries = [call('a', 0, 'error'), call('b', 2, 'error'), call('c', 4, 'ok', { usage: tokens(100, 10) })]
  expect(retriesOf(tries)).toEqual([
    ['b', 'a'],
    ['c', 'b'],
  ])
  const tool = { name: 'lookup', arguments: { id: 1 } }
  const lookUp = (spanId: string, seconds: number, status: 'ok' | 'error') =>
    call(spanId, seconds, status, { kind: 'tool', name: 'lookup', tool, inputHash: null })
  expect(retriesOf([lookUp('x', 0, 'error'), lookUp('y', 3, 'ok')])).toEqual([['y', 'x']])
})

it('infers nothing after a success, from another step or input, while the first still runs, or where the sender says', () => {
  const first = call('a', 0, 'error')
  const others = [
    [call('a', 0, 'ok'), call('b', 2, 'ok')],
    [first, call('b', 2, 'ok', { name: 'decide' })],
    [first, call('b', 2, 'ok', { inputHash: 'h2' })],
    [call('a', 0, 'error', { inputHash: null }), call('b', 2, 'ok', { inputHash: null })],
    [call('a', 0, 'error', { endedAt: at(9) }), call('b', 2, 'ok')],
    [first, call('b', 2, 'ok', { retryOf: 'a' })],
    [call('a', 0, 'error', { usage: tokens(100, 0) }), call('b', 2, 'ok', { usage: tokens(900, 5) })],
  ]
  for (const spans of others) expect(retriesOf(spans)).toEqual([])
})

it('is the same for any order and repetition, and every retry points back to an earlier step', () => {
  fc.assert(
    fc.property(
      anySpans.chain((spans) => fc.tuple(fc.constant(spans), anyRearrangement(spans))),
      ([spans, again]) => {
        const retries = retriesOf(spans)
        expect(retriesOf(again)).toEqual(retries)
        const place = new Map(countUsage(spans).spans.map((span, index) => [span.spanId, index]))
        for (const [later, earlier] of retries) expect(place.get(earlier)!).toBeLessThan(place.get(later)!)
        expect(new Set(retries.map(([, earlier]) => earlier)).size).toBe(retries.length)
      },
    ),
  )
})
