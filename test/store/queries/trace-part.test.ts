import fc from 'fast-check'
import { expect, it } from 'vitest'
import { prepareSpan } from '../../../src/ingest/prepare-spans.ts'
import {
  keepCopies,
  readFullTracePart,
  type TracePart,
  writeTraceParts,
} from '../../../src/store/queries/trace-part.ts'
import { buildSpan } from '../../support/build-span.ts'

const span = fc.record({
  name: fc.string({ unit: 'grapheme' }),
  input: fc.option(fc.string({ unit: 'grapheme' })),
  // Keys that are numbers come in another order in an object than in a text.
  attributes: fc.dictionary(fc.constantFrom('10', '9', 'a', '__proto__'), fc.oneof(fc.string(), fc.double())),
})

const preparedSpans = fc.array(fc.tuple(span, fc.boolean()), { minLength: 1, maxLength: 6 }).map((list) =>
  list.map(([{ name, input, attributes }, isKept], index) => {
    const built = buildSpan({ traceId: 'trace', spanId: `span-${index}`, name })
    return { span: prepareSpan({ ...built, input, output: null, attributes }), isKept }
  }),
)

const read = ({ traceId, spans, payloads }: TracePart) =>
  readFullTracePart(spans, payloads, { traceId, recordedAt: new Date(0) })

it('some copies of a part are what they would be as a part of their own', () => {
  fc.assert(
    fc.property(preparedSpans, (all) => {
      const kept = new Set(all.filter(({ isKept }) => isKept).map(({ span }) => span.spanId))
      const [whole] = writeTraceParts(all.map(({ span }) => span))
      const [own] = writeTraceParts(all.flatMap(({ span, isKept }) => (isKept ? [span] : [])))
      const part = keepCopies(whole!, ({ spanId }) => kept.has(spanId))
      expect(part?.part).toBe(own?.part)
      expect(part?.copies).toEqual(own?.copies)
      expect(part && read(part)).toEqual(own ? read(own) : null)
      expect(part?.payloads === null).toBe(own?.payloads === null)
    }),
  )
})

it('of a part all copies are the very part', () => {
  const [whole] = writeTraceParts([
    prepareSpan({ ...buildSpan({ traceId: 'trace', spanId: 'span' }), input: null, output: null }),
  ])
  expect(keepCopies(whole!, () => true)).toBe(whole)
})
