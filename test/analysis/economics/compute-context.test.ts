import fc from 'fast-check'
import { expect, it } from 'vitest'
import { computeContext } from '../../../src/analysis/economics/compute-context.ts'
import { arbitraryItems } from './arbitrary-items.ts'
import { makeItem, makeParameters, makeRun, makeUse } from './make-items.ts'
import { figureOf, findingOf } from './read-report.ts'

function claim(index: number, inputTokens: number) {
  const outputTokens = 100 + ((index * 37) % 50)
  const costMicros = 2 * inputTokens + 8 * outputTokens
  const step = { name: 'assess', kind: 'llm', model: 'gpt-4.1', calls: 1, failed: 0, inputTokens, costMicros }
  const documents = [
    { id: 'policy-7', retrieved: 1, used: true },
    { id: 'faq', retrieved: 1, used: false },
    { id: 'old', retrieved: 1, used: null },
  ]
  return makeItem({
    workItemId: `claim-${index}`,
    runs: [makeRun({ models: [makeUse({ inputTokens, outputTokens, costMicros })], steps: [step], documents })],
  })
}

it('shows dollars as linear, attention as quadratic', () => {
  const typical = Array.from({ length: 40 }, (_, index) => claim(index, 1000))
  const failed = { ...claim(99, 10_000), status: 'failed' as const, firstTry: false }
  const report = computeContext([...typical, failed], makeParameters({ analysis: 'context' }))
  expect(figureOf(report, 'excess_tokens')).toBe(9000)
  expect(Number(figureOf(report, 'excess_cost'))).toBeCloseTo(0.018, 6)
  expect(figureOf(report, 'relative_tokens')).toBeCloseTo(50_000 / 41_000)
  expect(figureOf(report, 'relative_attention')).toBeCloseTo((40 + 100) / 41)
  expect(report.citedRuns?.[0]).toMatchObject({ workItemId: 'claim-99', place: 0 })
})

it('says which documents were retrieved and not used, of those that are told', () => {
  const report = computeContext([claim(1, 1000)], makeParameters())
  expect(findingOf(report, 'documents_used')).toMatchObject({ value: 0.5, n: 2 })
  expect(report.tables.at(-1)?.rows[0]).toEqual(['faq', 1, 0, null])
  expect(figureOf(report, 'unused_documents_cost')).toBeNull()
  // One run is no measure of what a step needs.
  expect(figureOf(report, 'excess_tokens')).toBeNull()
})

it('does not depend on the order of rows', () => {
  fc.assert(
    fc.property(arbitraryItems, (items) => {
      const parameters = makeParameters({ groupBy: 'region' })
      const [report, other] = [computeContext(items, parameters), computeContext([...items].reverse(), parameters)]
      expect(other.tables).toEqual(report.tables)
      expect(other.findings.map((finding) => finding.value)).toEqual(report.findings.map((finding) => finding.value))
    }),
  )
})
