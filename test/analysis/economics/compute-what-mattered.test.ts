import fc from 'fast-check'
import { expect, it } from 'vitest'
import { computeWhatMattered } from '../../../src/analysis/economics/compute-what-mattered.ts'
import { createRandom } from '../../../src/analysis/why/seeded-random.ts'
import { arbitraryItems } from './arbitrary-items.ts'
import { makeItem, makeParameters, makeRun } from './make-items.ts'
import { figureOf, findingOf, idsOf } from './read-report.ts'

const step = (name: string) => ({
  ...{ name, kind: 'llm', model: 'gpt-4.1', calls: 1, failed: 0, inputTokens: 100, costMicros: 10 },
})

function simulate(seed: number, size: number, effect: number) {
  const random = createRandom(seed)
  return Array.from({ length: size }, (_, index) => {
    const isHard = random() < 0.5
    // Hard items are checked more often: without segments, checking would look harmful.
    const isChecked = random() < (isHard ? 0.8 : 0.2)
    const isResolved = random() < (isHard ? 0.4 : 0.8) + (isChecked ? effect : 0)
    return makeItem({
      workItemId: `claim-${index}`,
      attributes: { hard: isHard },
      runs: [makeRun({ steps: [step('assess'), ...(isChecked ? [step('check')] : [])] })],
      outcomes: [{ status: isResolved ? 'resolved' : 'failed', occurredAt: new Date('2026-11-11T12:00:00Z') }],
    })
  })
}

it('holds items against others of the same segment', () => {
  const report = computeWhatMattered(simulate(3, 2000, 0.1), makeParameters({ groupBy: 'hard' }))
  const { value, interval } = findingOf(report, 'feature.step.check')
  expect(Number(value)).toBeGreaterThan(0.03)
  expect(interval!.low).toBeGreaterThan(0)
  expect(report.tables.map((table) => table.title)).toEqual([
    'What goes with resolution, inside the same hard',
    'Paths that claims took',
  ])
  expect(figureOf(report, 'paths')).toBe(2)
})

it('with no effect, a step stands out in at most 10 % of worlds', () => {
  let claims = 0
  for (let world = 0; world < 200; world++) {
    const report = computeWhatMattered(simulate(world, 300, 0), makeParameters({ groupBy: 'hard' }))
    if (report.tables[0]!.rows.some((row) => row[6] === 'yes')) claims++
  }
  // The stated share and what 200 worlds may show above it by chance.
  expect(claims / 200).toBeLessThanOrEqual(0.1 + 1.645 * Math.sqrt(0.09 / 200))
})

it('puts every closed item that ran on one path', () => {
  fc.assert(
    fc.property(arbitraryItems, (items) => {
      const report = computeWhatMattered(items, makeParameters({ groupBy: 'region' }))
      const paths = report.tables.find((table) => table.title.startsWith('Paths'))
      const counts = (paths?.rows ?? []).map((row) => Number(row[1]))
      expect(counts.reduce((sum, count) => sum + count, 0)).toBe(findingOf(report, 'paths').n)
      expect(new Set(idsOf(report)).size).toBe(idsOf(report).length)
    }),
  )
})
