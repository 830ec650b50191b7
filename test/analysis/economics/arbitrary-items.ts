import fc from 'fast-check'
import { type RunFact, WASTE_CLASSES, type WorkItemFact } from '../../../src/domain/facts.ts'
import { makeCorrection, makeItem, makeRun, makeUse } from './make-items.ts'

/** Any instant of the two weeks that the tests ask about. */
const instant = fc
  .integer({ min: Date.parse('2026-11-02T00:00:00Z'), max: Date.parse('2026-11-15T23:59:59Z') })
  .map((time) => new Date(time))

const use = fc
  .record({
    model: fc.constantFrom('gpt-4.1', 'gpt-4.1-mini', 'mystery'),
    calls: fc.integer({ min: 1, max: 5 }),
    cost: fc.integer({ min: 0, max: 3_000_000 }),
    inputTokens: fc.option(fc.integer({ min: 1, max: 50_000 })),
    outputTokens: fc.option(fc.integer({ min: 1, max: 2_000 })),
  })
  .map(({ cost, ...rest }) =>
    rest.model === 'mystery'
      ? makeUse({ ...rest, unpricedCalls: rest.calls, costMicros: 0 })
      : makeUse({ ...rest, costMicros: cost }),
  )

const run = fc
  .record({
    startedAt: instant,
    models: fc.uniqueArray(use, { maxLength: 2, selector: (one) => one.model }),
    toolCostMicros: fc.option(fc.integer({ min: 0, max: 500_000 })),
    agentVersion: fc.option(fc.constantFrom('1', '2')),
    promptVersion: fc.option(fc.constantFrom('v13', 'v14')),
    status: fc.constantFrom('ok' as const, 'error' as const, 'abandoned' as const),
    documents: fc.uniqueArray(
      fc.record({
        id: fc.constantFrom('policy-7', 'faq'),
        retrieved: fc.constant(1),
        used: fc.option(fc.boolean()),
        tokens: fc.option(fc.integer({ min: 0, max: 20_000 })),
      }),
      { selector: (document) => document.id },
    ),
    wasteShares: fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { maxLength: WASTE_CLASSES.length }),
  })
  .map(({ wasteShares, ...rest }) => withWaste(makeRun(rest), wasteShares))

/** What attribution says is wasted never exceeds the run's cost, each dollar in one class. */
function withWaste(one: RunFact, shares: readonly number[]): RunFact {
  let left = one.modelCostMicros + (one.toolCostMicros ?? 0)
  const waste: RunFact['waste'] = {}
  for (const [index, share] of shares.entries()) {
    waste[WASTE_CLASSES[index]!] = Math.floor(left * share)
    left -= Math.floor(left * share)
  }
  return { ...one, waste }
}

const correction = fc
  .record({
    id: fc.uuid(),
    occurredAt: instant,
    minutes: fc.option(fc.integer({ min: 1, max: 60 })),
    rule: fc.option(fc.constantFrom('HR-12', 'HR-13')),
    actor: fc.constantFrom('ann', 'bob'),
  })
  .map((one) => makeCorrection({ ...one, costMicros: one.minutes === null ? null : one.minutes * 800_000 }))

const outcome = fc.record({
  status: fc.constantFrom('resolved', 'resolved', 'failed', 'escalated', 'reopened', 'cancelled'),
  occurredAt: instant,
} as const)

const byTime = (a: { occurredAt: Date }, b: { occurredAt: Date }) => a.occurredAt.getTime() - b.occurredAt.getTime()

/** Up to 40 items of two workflows with unpriced calls, tools, corrections, reopened and open ones. */
export const arbitraryItems: fc.Arbitrary<WorkItemFact[]> = fc
  .array(
    fc.record({
      workflow: fc.constantFrom('claims', 'claims', 'tickets'),
      region: fc.option(fc.constantFrom('TX', 'CA', 'NY')),
      runs: fc.array(run, { maxLength: 3 }),
      overrides: fc.array(correction, { maxLength: 2 }),
      outcomes: fc.array(outcome, { maxLength: 3 }),
    }),
    { maxLength: 40 },
  )
  .map((items) =>
    items.map(({ workflow, region, runs, overrides, outcomes }, index) =>
      makeItem({
        workflow,
        workItemId: `item-${index}`,
        attributes: region === null ? {} : { region },
        runs: [...runs].sort((a, b) => a.startedAt.getTime() - b.startedAt.getTime()),
        overrides: [...overrides].sort(byTime),
        outcomes: [...outcomes].sort(byTime),
      }),
    ),
  )
