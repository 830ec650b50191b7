import fc from 'fast-check'
import { expect, it } from 'vitest'
import { computeWaste } from '../../../src/analysis/economics/compute-waste.ts'
import { type DocumentUse, WASTE_CLASSES } from '../../../src/domain/facts.ts'
import type { Report } from '../../../src/domain/finding.ts'
import { arbitraryItems } from './arbitrary-items.ts'
import { makeItem, makeParameters, makeRun, makeUse } from './make-items.ts'
import { figureOf, microsOf } from './read-report.ts'

it('claims each dollar once, in order: a thrown-away attempt keeps its failed calls apart', () => {
  const first = makeRun({
    models: [makeUse({ costMicros: 1_000_000 })],
    waste: { failed_call: 300_000, after_decision: 200_000 },
  })
  const second = makeRun({ models: [makeUse({ costMicros: 500_000 })], waste: { after_decision: 100_000 } })
  const report = computeWaste([makeItem({ runs: [first, second] })], makeParameters({ analysis: 'waste' }))
  expect(figureOf(report, 'waste.failed_call')).toBe(0.3)
  expect(figureOf(report, 'waste.superseded_attempt')).toBe(0.7)
  expect(figureOf(report, 'waste.after_decision')).toBe(0.1)
  expect(figureOf(report, 'waste')).toBe(1.1)
  expect(figureOf(report, 'spend')).toBe(1.5)
})

it('finds context beyond what the same step needs, at the price of an input token', () => {
  const items = Array.from({ length: 60 }, (_, index) => {
    const inputTokens = index === 0 ? 50_000 : 1000 + index
    const outputTokens = 100 + ((index * 37) % 50)
    const costMicros = 2 * inputTokens + 8 * outputTokens
    const step = { name: 'assess', kind: 'llm', model: 'gpt-4.1', calls: 1, failed: 0, inputTokens, costMicros }
    const run = makeRun({ models: [makeUse({ inputTokens, outputTokens, costMicros })], steps: [step] })
    const status = index === 0 ? ('failed' as const) : ('resolved' as const)
    return makeItem({
      workItemId: `claim-${index}`,
      runs: [run],
      outcomes: [{ status, occurredAt: new Date('2026-11-11T12:00:00Z') }],
    })
  })
  const report = computeWaste(items, makeParameters({ analysis: 'waste' }))
  // Need: the 90th percentile of 1001 … 1059 is 1053.2, so 48,946.8 tokens at 2 micro-dollars; and the six above it.
  const beyond = [50_000, 1054, 1055, 1056, 1057, 1058, 1059].map((tokens) => Math.round((tokens - 1053.2) * 2))
  const expected = beyond.reduce((sum, micros) => sum + micros, 0)
  expect(microsOf(figureOf(report, 'waste.excess_context'))).toBe(expected)
})

it('prices documents that were not used by their length, once, and keeps unknown lengths unknown', () => {
  const claim = (index: number, documents: DocumentUse[], extra = 0) => {
    const [inputTokens, outputTokens] = [20_000 + 10 * index + extra, 100 + ((index * 37) % 50)]
    const costMicros = 2 * inputTokens + 8 * outputTokens
    const step = { name: 'assess', kind: 'llm', model: 'gpt-4.1', calls: 1, failed: 0, inputTokens, costMicros }
    const run = makeRun({ models: [makeUse({ inputTokens, outputTokens, costMicros })], steps: [step], documents })
    return makeItem({ workItemId: `claim-${index}`, runs: [run] })
  }
  const plain = Array.from({ length: 50 }, (_, index) => claim(index, []))
  const unused = { id: 'faq', retrieved: 1, used: false, tokens: 3000 }
  const used = { ...unused, id: 'policy-7', used: true }
  const told = [...plain, claim(50, [unused, used], -300), claim(51, [unused], 30_000)]
  const report = computeWaste(told, makeParameters({ analysis: 'waste' }))
  // Two times 3,000 tokens at 2 micro-dollars; of the second run's context beyond need those 3,000 are no more counted.
  expect(microsOf(figureOf(report, 'waste.unused_documents'))).toBe(12_000)
  expect(figureOf(report, 'unused_documents.priced')).toBe(1)
  const without = computeWaste([...plain, claim(50, [used], -300), claim(51, [], 30_000)], makeParameters())
  const excess = (one: Report) => microsOf(figureOf(one, 'waste.excess_context'))
  expect(excess(without) - excess(report)).toBe(6000)
  const unknown = computeWaste([...plain, claim(50, [{ ...unused, tokens: null }])], makeParameters())
  expect(figureOf(unknown, 'waste.unused_documents')).toBeNull()
  expect(figureOf(unknown, 'unused_documents.priced')).toBe(0)
  const old = computeWaste([...plain, claim(50, [{ id: 'faq', retrieved: 1, used: false }])], makeParameters())
  expect(figureOf(old, 'waste.unused_documents')).toBeNull()
})

it('adds up, never exceeds the spend, and does not depend on the order of rows', () => {
  fc.assert(
    fc.property(arbitraryItems, (items) => {
      const parameters = makeParameters({ analysis: 'waste', groupBy: 'region' })
      const report = computeWaste(items, parameters)
      const parts = WASTE_CLASSES.map((name) => microsOf(figureOf(report, `waste.${name}`)))
      const waste = microsOf(figureOf(report, 'waste'))
      expect(parts.every((part) => part >= 0)).toBe(true)
      expect(parts.reduce((sum, part) => sum + part, 0)).toBe(waste)
      expect(waste).toBeLessThanOrEqual(microsOf(figureOf(report, 'spend')))
      const segments = report.tables[0]!.rows.map((row) => microsOf(row[1]))
      expect(segments.reduce((sum, part) => sum + part, 0)).toBe(waste)
      expect(computeWaste([...items].reverse(), parameters).findings).toEqual(report.findings)
    }),
  )
})
