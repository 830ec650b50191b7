import fc from 'fast-check'
import { SPAN_KINDS } from '../../src/domain/span.ts'
import type { StoredSpan } from '../../src/store/queries/stored-span.ts'
import { at, buildSpan, tokens } from './build-span.ts'

const smallTokens = fc.option(fc.constantFrom(0, 100, 200, 300), { nil: null })

const anySpan = (index: number): fc.Arbitrary<StoredSpan> =>
  fc
    .record({
      parentId: fc.option(
        fc.integer({ min: 0, max: 14 }).map((parent) => `s${parent}`),
        { nil: null },
      ),
      kind: fc.oneof(fc.constant('llm' as const), fc.constant('agent' as const), fc.constantFrom(...SPAN_KINDS)),
      startedAt: fc.integer({ min: 0, max: 5 }).map(at),
      status: fc.constantFrom('ok' as const, 'error' as const, 'unset' as const),
      responseId: fc.option(fc.constantFrom('r1', 'r2'), { nil: null }),
      model: fc.option(fc.constantFrom('gpt-4.1', 'gpt-4o', 'acme-llm'), { nil: null }),
      input: smallTokens,
      output: smallTokens,
      costUsd: fc.option(fc.constantFrom(0, 0.0000014, 0.25), { nil: null }),
      inputHash: fc.option(fc.constantFrom('h1', 'h2'), { nil: null }),
      fullness: fc.integer({ min: 1, max: 3 }),
      authority: fc.constantFrom('docket' as const, 'dialect' as const, 'service' as const),
      workItemId: fc.option(fc.constantFrom('claim-1', 'claim-2'), { nil: null }),
      tool: fc.option(
        fc.constantFrom('x', 'y').map((name) => ({ name, arguments: { q: 1 } })),
        {
          nil: null,
        },
      ),
      decision: fc.option(
        fc.constantFrom('deny', 'approve').map((choice) => ({ choice })),
        { nil: null },
      ),
      document: fc.option(
        fc.tuple(fc.constantFrom('d1', 'd2'), fc.boolean()).map(([id, used]) => ({ id, used })),
        { nil: null },
      ),
    })
    .map(({ input, output, authority, workItemId, document, ...span }) =>
      buildSpan({
        ...span,
        spanId: `s${index}`,
        usage: input === null && output === null ? null : tokens(input, output),
        documents: document ? [document] : [],
        context: { authority, workflow: 'claims', workItemId },
      }),
    )

/** A trace of up to fifteen spans: any tree, with orphans and cycles, sums that agree or not, and equal response ids. */
export const anySpans: fc.Arbitrary<StoredSpan[]> = fc
  .integer({ min: 1, max: 15 })
  .chain((length) => fc.tuple(...Array.from({ length }, (_, index) => anySpan(index))))

/** The same spans in another order, some of them again, and some also as an emptier copy. */
export function anyRearrangement(spans: readonly StoredSpan[]): fc.Arbitrary<StoredSpan[]> {
  const emptier = spans.map((span) => ({
    ...span,
    fullness: 0,
    contentHash: 'z',
    usage: null,
    tool: null,
    parentId: null,
  }))
  const copies = [...spans, ...emptier]
  return fc.array(fc.nat({ max: copies.length - 1 }), { maxLength: 20 }).chain((repeated) => {
    const all = [...spans, ...repeated.map((index) => copies[index]!)]
    return fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length })
  })
}
