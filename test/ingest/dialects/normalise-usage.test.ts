import fc from 'fast-check'
import { expect, it } from 'vitest'
import { normaliseUsage, type ReportedUsage } from '../../../src/ingest/dialects/normalise-usage.ts'

const usage = (reported: Partial<ReportedUsage>) =>
  normaliseUsage({ input: null, output: null, cached: 'inclusive', ...reported })

it('keeps inclusive counts as they are', () => {
  expect(usage({ input: 2000, output: 300, cachedInput: 1500, reasoning: 120 })).toEqual({
    usage: {
      inputTokens: 2000,
      cachedInputTokens: 1500,
      cacheWriteTokens: null,
      outputTokens: 300,
      reasoningTokens: 120,
    },
    ambiguity: null,
  })
})

it('adds up exclusive counts', () => {
  const reported = { input: 500, output: 180, cachedInput: 1500, cacheWrite: 100, reasoning: 120, total: 2400 } as const
  expect(usage({ ...reported, cached: 'exclusive', reasoned: 'exclusive' }).usage).toMatchObject({
    inputTokens: 2100,
    outputTokens: 300,
  })
})

it('sees by the counts that an inclusive reading is impossible', () => {
  expect(usage({ input: 500, output: 10, cachedInput: 1500 }).usage?.inputTokens).toBe(2000)
  expect(usage({ input: 500, output: 10, cachedInput: 400, total: 910, cached: 'unknown' })).toMatchObject({
    usage: { inputTokens: 900 },
    ambiguity: null,
  })
  expect(usage({ input: 10, output: 50, reasoning: 200 }).usage?.outputTokens).toBe(250)
})

it('marks what stays ambiguous, and only that', () => {
  expect(usage({ input: 500, output: 10, cachedInput: 400, cached: 'unknown' }).ambiguity).toBe(
    'cached_may_be_exclusive',
  )
  expect(usage({ input: 500, output: 10, cachedInput: 0, cached: 'unknown' }).ambiguity).toBeNull()
})

it('takes what is not said for unknown, never 0', () => {
  expect(usage({}).usage).toBeNull()
  expect(usage({ output: 5 }).usage).toMatchObject({ inputTokens: null, cachedInputTokens: null, outputTokens: 5 })
  expect(usage({ output: 5, total: 25 }).usage?.inputTokens).toBe(20)
  expect(usage({ input: -1, output: Number.NaN }).usage).toBeNull()
})

it('never has less input than its cached parts, nor less output than its reasoning', () => {
  const tokens = fc.option(fc.nat(100_000))
  const rule = fc.constantFrom('inclusive' as const, 'exclusive' as const, 'unknown' as const)
  fc.assert(
    fc.property(
      tokens,
      tokens,
      tokens,
      tokens,
      tokens,
      rule,
      (input, output, cachedInput, cacheWrite, reasoning, cached) => {
        const result = normaliseUsage({ input, output, cachedInput, cacheWrite, reasoning, cached }).usage
        if (result?.inputTokens != null) {
          expect(result.inputTokens).toBeGreaterThanOrEqual(
            (result.cachedInputTokens ?? 0) + (result.cacheWriteTokens ?? 0),
          )
        }
        if (result?.outputTokens != null)
          expect(result.outputTokens).toBeGreaterThanOrEqual(result.reasoningTokens ?? 0)
      },
    ),
  )
})
