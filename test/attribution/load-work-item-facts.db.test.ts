import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { loadTouchedFacts } from '../../src/attribution/load-touched-facts.ts'
import { loadFactsOfWorkItems } from '../../src/attribution/load-work-item-facts.ts'
import type { WorkItemFact } from '../../src/domain/facts.ts'
import { OUTCOME_STATUSES } from '../../src/domain/outcome.ts'
import type { Db } from '../../src/store/client.ts'
import { markChangedWorkItems } from '../../src/store/queries/mark-changes.ts'
import { outcomes, overrides } from '../../src/store/schema/events.ts'
import { runFacts } from '../../src/store/schema/facts.ts'
import { describeWithDatabase } from '../support/database.ts'

/** Whole hours of a short day, so that events fall together often. */
const hour = (hours: number): Date => new Date(Date.UTC(2026, 10, 2, hours))
const arbitraryHour = fc.integer({ min: 0, max: 8 })
const arbitraryItem = fc.integer({ min: 0, max: 5 }).map((index) => `item-${index}`)

const arbitraryWorld = fc.record({
  outcomes: fc.array(
    fc.record({
      workItemId: arbitraryItem,
      status: fc.constantFrom(...OUTCOME_STATUSES),
      occurred: arbitraryHour,
      recorded: arbitraryHour,
    }),
    { maxLength: 16 },
  ),
  runs: fc.array(fc.record({ workItemId: arbitraryItem, started: arbitraryHour }), { maxLength: 8 }),
  overrides: fc.array(fc.record({ workItemId: arbitraryItem, occurred: arbitraryHour }), { maxLength: 4 }),
  from: arbitraryHour,
  length: fc.integer({ min: 1, max: 6 }),
  asOf: arbitraryHour,
  knownAt: fc.option(arbitraryHour),
})
type World = typeof arbitraryWorld extends fc.Arbitrary<infer Value> ? Value : never

async function write(db: Db, world: World): Promise<void> {
  await db.execute(sql`truncate outcomes, run_facts, overrides`)
  const workflow = 'claims'
  for (const [index, { workItemId, status, occurred, recorded }] of world.outcomes.entries()) {
    const instants = { occurredAt: hour(occurred), recordedAt: hour(recorded) }
    await db.insert(outcomes).values({ workflow, id: `o-${index}`, workItemId, status, ...instants })
  }
  for (const [index, { workItemId, started }] of world.runs.entries()) {
    await db.insert(runFacts).values(runRow(`t-${index}`, workItemId, hour(started)))
  }
  for (const [index, { workItemId, occurred }] of world.overrides.entries()) {
    const words = { agentDecision: 'approve', humanDecision: 'reject', reason: 'limit', actor: 'U1' }
    const instants = { occurredAt: hour(occurred), recordedAt: hour(occurred) }
    await db.insert(overrides).values({ workflow, id: `h-${index}`, workItemId, ...words, ...instants })
  }
  await markChangedWorkItems(db, allKeys, hour(0))
}

const runRow = (traceId: string, workItemId: string, startedAt: Date): typeof runFacts.$inferInsert => ({
  ...{ traceId, workItemId, workflow: 'claims', status: 'ok', startedAt, knownFrom: startedAt, contentHash: traceId },
  ...{ modelCostMicros: 1_000, pricedCalls: 2, unpricedCalls: 0, calls: 2, callsWithoutUsage: 0 },
  ...{ inputTokens: 12_000, outputTokens: 300, usageEstimated: true, workItemAttributes: { region: 'TX' } },
  models: [],
  steps: [{ name: 'read', kind: 'llm', model: null, calls: 1, failed: 0, inputTokens: null, costMicros: 0 }],
  documents: [],
  tools: [],
  waste: {},
  rules: [],
})

const allKeys = Array.from({ length: 6 }, (_, index) => ({ workflow: 'claims', workItemId: `item-${index}` }))

describeWithDatabase('loadTouchedFacts', (database) => {
  it('finds just the items whose holding outcome closed them in the bounds, or that were worked on there', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryWorld, async (world) => {
        const { db } = database()
        await write(db, world)
        const bounds = { from: hour(world.from), to: hour(world.from + world.length) }
        const standpoint = { asOf: hour(world.asOf), knownAt: world.knownAt === null ? null : hour(world.knownAt) }
        const isIn = (instant: Date | null) => instant !== null && instant >= bounds.from && instant < bounds.to
        const all = await loadFactsOfWorkItems(db, allKeys, standpoint)
        const load = async (...kinds: ('active' | 'closed')[]) => {
          const queries = kinds.map((touched) => ({ touched, workflow: 'claims', bounds }))
          return [...(await loadTouchedFacts(db, queries, standpoint))]
        }
        const isClosed = (fact: WorkItemFact) => isIn(fact.closedAt)
        const isActive = (fact: WorkItemFact) =>
          fact.runs.some((run) => isIn(run.startedAt)) || fact.overrides.some((one) => isIn(one.occurredAt))
        expect(await load('closed')).toEqual(all.filter(isClosed))
        expect(await load('active')).toEqual(all.filter(isActive))
        expect(await load('active', 'closed')).toEqual(all.filter((fact) => isActive(fact) || isClosed(fact)))
      }),
      { numRuns: 40, seed: 7 },
    )
  })

  it('reads the same figures without the parts that were not asked for, and refuses to show those', async () => {
    const { db } = database()
    await db.insert(runFacts).values(runRow('t-1', 'item-1', hour(1)))
    await markChangedWorkItems(db, allKeys, hour(0))
    const queries = [{ touched: 'active' as const, bounds: { from: hour(0), to: hour(5) } }]
    const standpoint = { asOf: hour(6), knownAt: null }
    const [whole] = await loadTouchedFacts(db, queries, standpoint)
    const [brief] = await loadTouchedFacts(db, queries, standpoint, [])
    const [run] = whole!.runs
    expect(run).toMatchObject({ modelCostMicros: 1_000, toolCostMicros: null, attempt: 1, usageEstimated: true })
    expect(run).toMatchObject({ startedAt: hour(1), endedAt: null, knownFrom: hour(1), decision: null })
    expect(run!.usage).toMatchObject({ calls: 2, inputTokens: 12_000, cachedInputTokens: null, outputTokens: 300 })
    expect(run!.steps[0]!.name).toBe('read')
    expect({ ...brief, runs: [] }).toEqual({ ...whole, runs: [] })
    expect(brief!.runs[0]!.usage).toEqual(run!.usage)
    expect(() => brief!.runs[0]!.steps.length).toThrow(/not loaded/)
    expect(() => brief!.runs[0]!.knownFrom.getTime()).toThrow(/not loaded/)
  })
})
