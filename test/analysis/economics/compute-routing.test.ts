import { expect, it } from 'vitest'
import { computeRouting } from '../../../src/analysis/economics/compute-routing.ts'
import { createRandom, drawNormal } from '../../../src/analysis/why/seeded-random.ts'
import type { WorkItemFact } from '../../../src/domain/facts.ts'
import { makeItem, makeParameters, makeRun, makeUse } from './make-items.ts'
import { figureOf, findingOf } from './read-report.ts'

const PARAMETERS = makeParameters({ analysis: 'routing', groupBy: 'docs' })

function handle(id: string, model: string, isResolved: boolean, dollars: number, docs: string): WorkItemFact {
  return makeItem({
    workItemId: id,
    attributes: { docs },
    runs: [makeRun({ models: [makeUse({ model, costMicros: Math.round(dollars * 1_000_000) })] })],
    outcomes: [{ status: isResolved ? 'resolved' : 'failed', occurredAt: new Date('2026-11-11T12:00:00Z') }],
  })
}

/** Items of two segments, by a dear model and a cheap one, with the given resolution rates and costs. */
function simulate(
  seed: number,
  size: number,
  rates: { dear: number; cheap: number },
  costs: { dear: number; cheap: number },
) {
  const random = createRandom(seed)
  return Array.from({ length: size }, (_, index) => {
    const model = random() < 0.4 ? 'cheap' : 'dear'
    const cost = costs[model] * Math.exp(0.5 * drawNormal(random))
    return handle(`item-${index}`, model, random() < rates[model], cost, index % 2 ? 'yes' : 'no')
  })
}

const isClaimed = (items: WorkItemFact[], verdict: string) =>
  computeRouting(items, PARAMETERS).findings.some((finding) => finding.id.startsWith(`routing.${verdict}`))

it('calls a model good enough where it is as good and cheaper, with what an item saves', () => {
  const items = simulate(1, 6000, { dear: 0.9, cheap: 0.9 }, { dear: 1, cheap: 0.2 })
  const finding = findingOf(computeRouting(items, PARAMETERS), 'routing.good_enough.yes.item.cheap.dear')
  expect(finding).toMatchObject({ model: 'cheap', unit: 'usd', segment: { docs: 'yes' } })
  expect(Number(finding.value)).toBeGreaterThan(0.7)
})

it('asks for a trial where only one model works, and says how large', () => {
  const items = Array.from({ length: 50 }, (_, index) => handle(`item-${index}`, 'dear', index % 10 > 0, 1, 'yes'))
  const report = computeRouting(items, PARAMETERS)
  // 2 (1.645 + 0.842)² · 0.9 · 0.1 ÷ 0.05²
  expect(figureOf(report, 'routing.trial.yes')).toBe(446)
  expect(report.findings.some((finding) => finding.id.startsWith('routing.good_enough'))).toBe(false)
})

const WORLDS = 1000
/** The stated 5 %, and what a simulation of so many worlds may show above it by chance (95 %). */
const MOST_CLAIMS = 0.05 + 1.645 * Math.sqrt((0.05 * 0.95) / WORLDS)

it('calls a model that is worse by just the margin good enough in at most 5 % of simulated worlds', () => {
  let claims = 0
  for (let world = 0; world < WORLDS; world++) {
    if (isClaimed(simulate(world, 400, { dear: 0.85, cheap: 0.8 }, { dear: 1, cheap: 0.2 }), 'good_enough')) claims++
  }
  expect(claims / WORLDS).toBeLessThanOrEqual(MOST_CLAIMS)
})

it('with no difference at all, calls a model better, worse or good enough in at most 5 % of worlds', () => {
  let claims = 0
  for (let world = 0; world < WORLDS; world++) {
    const items = simulate(5000 + world, 400, { dear: 0.85, cheap: 0.85 }, { dear: 1, cheap: 1 })
    if (isClaimed(items, 'good_enough') || isClaimed(items, 'worse')) claims++
  }
  expect(claims / WORLDS).toBeLessThanOrEqual(MOST_CLAIMS)
})
