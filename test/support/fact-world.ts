import { sql } from 'drizzle-orm'
import fc from 'fast-check'
import type { ModelUse } from '../../src/domain/facts.ts'
import { OUTCOME_STATUSES } from '../../src/domain/outcome.ts'
import type { Db } from '../../src/store/client.ts'
import { markChangedWorkItems } from '../../src/store/queries/mark-changes.ts'
import { outcomes, overrides } from '../../src/store/schema/events.ts'
import { runFacts } from '../../src/store/schema/facts.ts'

/** Hours of some days, so that items begin on several and events fall together. */
export const hour = (hours: number): Date => new Date(Date.UTC(2026, 10, 2, hours))
const WORKFLOWS = ['claims', 'tickets'] as const
const ITEMS = 5

/** Everything that generated worlds can hold. */
export const WORLD_KEYS = WORKFLOWS.flatMap((workflow) =>
  Array.from({ length: ITEMS }, (_, index) => ({ workflow, workItemId: `item-${index}` })),
)

/** Mostly within a week, now and then months later. */
const anyHour = fc.oneof(
  { weight: 9, arbitrary: fc.integer({ min: 0, max: 150 }) },
  { weight: 1, arbitrary: fc.integer({ min: 300, max: 3000 }) },
)
const anyItem = fc.constantFrom(...WORLD_KEYS)
const anyCount = fc.option(fc.integer({ min: 0, max: 70_000 }))

const anyUse = fc.record({
  model: fc.constantFrom('gpt-4.1', 'gpt-4.1-mini', 'größer'),
  provider: fc.option(fc.constantFrom('openai', 'other')),
  calls: fc.integer({ min: 1, max: 3 }),
  unpricedCalls: fc.integer({ min: 0, max: 1 }),
  inputTokens: anyCount,
  outputTokens: anyCount,
  costMicros: fc.oneof(fc.integer({ min: 0, max: 900_000 }), fc.constant(6_000_000_000)),
})

const anyRun = fc.record({
  item: anyItem,
  started: anyHour,
  recorded: anyHour,
  attempt: fc.option(fc.integer({ min: 1, max: 3 })),
  status: fc.constantFrom('ok', 'error', 'abandoned', 'unset'),
  agentVersion: fc.option(fc.constantFrom('1', '2')),
  promptVersion: fc.option(fc.constantFrom('v13', 'v14')),
  models: fc.uniqueArray(anyUse, { maxLength: 2, selector: (use: ModelUse) => use.model }),
  toolCostMicros: fc.option(fc.integer({ min: -5, max: 500_000 })),
  usageEstimated: fc.boolean(),
  steps: fc.array(
    fc.record({
      name: fc.constantFrom('read', 'decide', 'write'),
      kind: fc.constantFrom('llm', 'tool'),
      model: fc.option(fc.constantFrom('gpt-4.1', 'gpt-4.1-mini')),
      calls: fc.integer({ min: 1, max: 300 }),
      failed: fc.integer({ min: 0, max: 1 }),
      inputTokens: anyCount,
      costMicros: fc.integer({ min: 0, max: 900_000 }),
    }),
    { maxLength: 3 },
  ),
  documents: fc.array(
    fc.record({
      id: fc.constantFrom('policy-7', 'faq'),
      retrieved: fc.constant(1),
      used: fc.option(fc.boolean()),
      tokens: anyCount,
    }),
    { maxLength: 2 },
  ),
  tools: fc.uniqueArray(fc.constantFrom('search', 'send')),
  waste: fc.constantFrom({}, { loop: 1500 }, { failed_call: 0, after_decision: 2.5 }),
  workItemAttributes: fc.record(
    { region: fc.constantFrom('TX', 'CA'), rush: fc.boolean(), level: fc.integer({ min: 1, max: 3 }) },
    { requiredKeys: [], noNullPrototype: true },
  ),
  decision: fc.option(fc.constantFrom('approve', 'deny')),
  rules: fc.uniqueArray(fc.constantFrom('R-1', 'R-2')),
  unexplainedTokens: anyCount,
})

/** A run that was rebuilt: from `at` on it belongs to an item, from another start. */
const anyRebuild = fc.record({ run: fc.nat(5), item: anyItem, started: anyHour, at: anyHour })

const anyOutcome = fc.record({
  item: anyItem,
  status: fc.constantFrom(...OUTCOME_STATUSES),
  resolvedBy: fc.option(fc.constantFrom('agent', 'human')),
  valueMicros: fc.option(fc.integer({ min: -1000, max: 5_000_000_000 })),
  occurred: anyHour,
  recorded: anyHour,
})

const anyOverride = fc.record({
  item: anyItem,
  occurred: anyHour,
  recorded: anyHour,
  minutes: fc.option(fc.constantFrom(0, 2.5, 10)),
  rule: fc.option(fc.constantFrom('HR-12')),
  actor: fc.constantFrom('ann', 'bob'),
  run: fc.option(fc.nat(5)),
})

/** What arrives together. */
export const anyArrival = fc.record({
  runs: fc.array(anyRun, { maxLength: 5 }),
  rebuilds: fc.array(anyRebuild, { maxLength: 2 }),
  outcomes: fc.array(anyOutcome, { maxLength: 5 }),
  overrides: fc.array(anyOverride, { maxLength: 3 }),
})
export type Arrival = typeof anyArrival extends fc.Arbitrary<infer Value> ? Value : never

export async function emptyWorld(db: Db): Promise<void> {
  await db.execute(
    sql`truncate outcomes, run_facts, overrides, work_items, changed_work_items, unpacked_items, item_days, workflows`,
  )
}

/** Writes what arrived as ingest and attribution do, marks included. `number` tells arrivals apart. */
export async function writeArrival(db: Db, arrival: Arrival, number: number): Promise<void> {
  const items = [...arrival.runs, ...arrival.outcomes, ...arrival.overrides, ...arrival.rebuilds].map((one) => one.item)
  for (const [index, run] of arrival.runs.entries()) {
    await db.insert(runFacts).values(runRow(`t-${number}-${index}`, run))
  }
  for (const rebuild of arrival.rebuilds) items.push(...(await writeRebuild(db, rebuild)))
  for (const [index, { item, occurred, recorded, ...rest }] of arrival.outcomes.entries()) {
    const instants = { occurredAt: hour(occurred), recordedAt: hour(recorded) }
    await db.insert(outcomes).values({ ...item, ...rest, ...instants, id: `o-${number}-${index}` })
  }
  for (const [index, { item, occurred, recorded, run, ...rest }] of arrival.overrides.entries()) {
    const words = { agentDecision: 'approve', humanDecision: 'reject', reason: `reason ${index}` }
    const instants = { occurredAt: hour(occurred), recordedAt: hour(recorded) }
    const traceId = run === null ? null : `t-0-${run}`
    await db.insert(overrides).values({ ...item, ...rest, ...words, ...instants, traceId, id: `h-${number}-${index}` })
  }
  await markChangedWorkItems(db, items, new Date())
}

function runRow(traceId: string, run: Arrival['runs'][number]): typeof runFacts.$inferInsert {
  const { item, started, recorded, models, status, ...rest } = run
  const sum = (value: (use: ModelUse) => number) => models.reduce((total, use) => total + value(use), 0)
  return {
    ...{ ...item, ...rest, traceId, models, status: status as 'ok', contentHash: traceId, agentName: 'adjudicator' },
    ...{ startedAt: hour(started), endedAt: hour(started + 1), knownFrom: hour(recorded) },
    modelCostMicros: sum((use) => use.costMicros),
    unpricedCalls: sum((use) => use.unpricedCalls),
    pricedCalls: sum((use) => use.calls - use.unpricedCalls),
    ...{ calls: sum((use) => use.calls), callsWithoutUsage: 0, inputTokens: models[0]?.inputTokens ?? null },
  } as typeof runFacts.$inferInsert
}

async function writeRebuild(db: Db, rebuild: Arrival['rebuilds'][number]) {
  const traceId = `t-0-${rebuild.run}`
  const rows = await db.select().from(runFacts).where(sql`trace_id = ${traceId} and known_until is null`)
  const [before] = rows
  if (!before) return []
  const at = hour(rebuild.at)
  if (at <= before.knownFrom) return []
  await db.execute(
    sql`update run_facts set known_until = ${at.toISOString()}::timestamptz where trace_id = ${traceId} and known_until is null`,
  )
  await db.insert(runFacts).values({ ...before, ...rebuild.item, startedAt: hour(rebuild.started), knownFrom: at })
  return [{ workflow: before.workflow as 'claims', workItemId: before.workItemId }]
}
