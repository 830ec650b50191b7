import { expect, it } from 'vitest'
import { attributeChanges } from '../../src/attribution/attribute-changes.ts'
import { loadWorkItem } from '../../src/attribution/load-work-item.ts'
import { runSection } from '../../src/http/pages/run-section.ts'
import { workItemRoutes } from '../../src/http/routes/work-items.ts'
import { createServer } from '../../src/http/server.ts'
import type { Database } from '../../src/store/client.ts'
import { putWorkflow } from '../../src/store/queries/put-workflow.ts'
import { changeEvents, outcomes, overrides } from '../../src/store/schema/events.ts'
import { changedWorkItems } from '../../src/store/schema/facts.ts'
import { at, buildSpan, insertSpanCopies, tokens } from '../support/build-span.ts'
import { describeWithDatabase } from '../support/database.ts'

const settle = (database: Database) => attributeChanges(database, { clock: () => at(9000) })
const key = { workflow: 'claims', workItemId: 'claim-1' }
const override = {
  ...key,
  id: 'v-1',
  agentDecision: 'deny',
  humanDecision: 'approve',
  reason: 'covered',
  actor: 'dana',
  minutes: 12,
  occurredAt: at(200),
  recordedAt: at(201),
}

const trace = [
  buildSpan({
    spanId: 'docket:run',
    kind: 'workflow',
    synthetic: true,
    status: 'ok',
    context: {
      authority: 'docket',
      workflow: 'claims',
      workItemId: 'claim-1',
      attempt: 2,
      agentName: 'adjudicator',
      agentVersion: '3',
      promptVersion: 'v14',
      workItemAttributes: { region: 'TX', exceptionDocs: true },
      runStatus: 'ok',
    },
  }),
  buildSpan({ spanId: 'agent', kind: 'agent', parentId: 'docket:run', usage: tokens(2100, 210) }),
  buildSpan({ spanId: 'c1', parentId: 'agent', startedAt: at(1), model: 'gpt-4.1', usage: tokens(1000, 100) }),
  buildSpan({ spanId: 'c2', parentId: 'agent', startedAt: at(2), model: 'acme-llm', usage: tokens(1000, 100) }),
  buildSpan({
    spanId: 'tool',
    kind: 'tool',
    parentId: 'agent',
    startedAt: at(3),
    tool: { name: 'lookup', arguments: { id: 1 }, result: 'found', costUsd: 0.05 },
  }),
  buildSpan({
    spanId: 'late',
    parentId: 'agent',
    startedAt: at(4),
    recordedAt: at(600),
    status: 'error',
    error: 'timed out',
    model: 'gpt-4.1',
    usage: tokens(500, 0),
  }),
]

describeWithDatabase('loadWorkItem', (database) => {
  it('says which step repeats which, and which calls seem to be missing, in no figure', async () => {
    const tried = buildSpan({ spanId: 'a', name: 'assess', status: 'error', model: 'gpt-4.1', inputHash: 'x' })
    const again = { ...tried, spanId: 'b', status: 'ok' as const, startedAt: at(3), usage: tokens(1000, 100) }
    const limited = { kind: 'agent' as const, status: 'error' as const, error: '429', startedAt: at(1) }
    await insertSpanCopies(database().db, [tried, again, buildSpan({ spanId: 'c', name: '<b>', ...limited })])
    await settle(database())
    const item = await loadWorkItem(database().db, 'claims', 'claim-1', { knownAt: null })
    expect(item?.usage.calls).toBe(2)
    expect(item?.runs[0]?.gaps).toEqual([{ spanId: 'c', reason: 'failed_without_call', calls: null }])
    expect(item?.runs[0]?.spans.map((span) => [span.id, span.retryOf, span.retryInferred])).toEqual([
      ['a', null, false],
      ['c', null, false],
      ['b', 'a', true],
    ])
    const page = runSection(item!.runs[0]!, 'UTC', false).markup
    expect(page).toContain('retry (inferred)')
    expect(page).toContain('&lt;b&gt; failed as a call does, and no call inside it was exported')
  })

  it('gives the whole decision trace in the form of the contract', async () => {
    const { db } = database()
    await putWorkflow(db, 'claims', { unit: 'claim', correctionHourlyRate: 45 }, at(0))
    await insertSpanCopies(db, trace)
    await db.insert(overrides).values(override)
    await db.insert(outcomes).values({
      ...key,
      id: 'o-1',
      status: 'resolved',
      valueMicros: 40_000_000,
      occurredAt: at(300),
      recordedAt: at(301),
    })
    await db.insert(changeEvents).values([
      {
        workflow: '',
        id: 'c-1',
        kind: 'policy',
        description: 'new policy',
        occurredAt: at(-86_400),
        recordedAt: at(0),
      },
      { workflow: 'claims', id: 'c-2', kind: 'prompt', description: 'v14', occurredAt: at(400), recordedAt: at(400) },
      { workflow: 'tickets', id: 'c-3', kind: 'prompt', description: 'not ours', occurredAt: at(0), recordedAt: at(0) },
      {
        workflow: 'claims',
        id: 'c-4',
        kind: 'prompt',
        description: 'too early',
        occurredAt: at(-8 * 86_400),
        recordedAt: at(0),
      },
    ])
    await settle(database())
    const item = await loadWorkItem(db, 'claims', 'claim-1', { knownAt: null })
    // Priced: c1 1000 × $2/M + 100 × $8/M = $0.0028; late 500 × $2/M = $0.001. acme-llm has no price.
    // Runs $0.0038 + tools $0.05 + correction 12 min × $45/h = $9 → $9.0538.
    expect(item).toMatchObject({
      workflow: 'claims',
      id: 'claim-1',
      attributes: { region: 'TX', exceptionDocs: true },
      status: 'resolved',
      cost: { totalUsd: 9.0538, runsUsd: 0.0038, correctionsUsd: 9, toolsUsd: 0.05, pricedCalls: 2, unpricedCalls: 1 },
      usage: { calls: 3, callsWithoutUsage: 0, inputTokens: 2500, outputTokens: 200, cachedInputTokens: null },
    })
    const [run] = item!.runs
    expect(run).toMatchObject({
      traceId: 't-1',
      attempt: 2,
      attemptInferred: false,
      status: 'ok',
      agent: { name: 'adjudicator', version: '3' },
      promptVersion: 'v14',
      costUsd: 0.0038,
      unexplainedTokens: 10,
    })
    const spans = run!.spans.map(({ id, parentId, counted, costUsd, waste }) => [id, parentId, counted, costUsd, waste])
    expect(spans).toEqual([
      ['agent', null, false, null, undefined],
      ['c1', 'agent', true, 0.0028, undefined],
      ['c2', 'agent', true, null, undefined],
      ['tool', 'agent', false, null, undefined],
      ['late', 'agent', true, 0.001, 'failed_call'],
    ])
    expect(run!.spans[3]!.tool).toMatchObject({ name: 'lookup', costUsd: 0.05 })
    expect(item!.outcomes).toMatchObject([{ status: 'resolved', value: 40, occurredAt: at(300).toISOString() }])
    expect(item!.overrides).toMatchObject([{ agentDecision: 'deny', humanDecision: 'approve', costUsd: 9 }])
    expect(item!.changes.map((change) => [change.id, change.workflow])).toEqual([
      ['c-1', null],
      ['c-2', 'claims'],
    ])
  })

  it('tells what was known at an instant', async () => {
    const { db } = database()
    await insertSpanCopies(db, trace.slice(0, -1))
    await settle(database())
    await insertSpanCopies(db, trace.slice(-1))
    await db.insert(overrides).values(override)
    await settle(database())
    const then = await loadWorkItem(db, 'claims', 'claim-1', { knownAt: at(100) })
    expect(then!.runs[0]!.spans.map((span) => span.id)).toEqual(['agent', 'c1', 'c2', 'tool'])
    expect(then).toMatchObject({ cost: { runsUsd: 0.0028 }, overrides: [] })
    // No hourly rate is set, so the correction is known and its cost is not.
    expect((await loadWorkItem(db, 'claims', 'claim-1', { knownAt: null }))!.cost).toMatchObject({
      runsUsd: 0.0038,
      correctionsUsd: null,
    })
    expect(await loadWorkItem(db, 'claims', 'claim-1', { knownAt: at(-1) })).toBeNull()
  })

  it('knows an item by its override alone, and says that its cost is unknown', async () => {
    const { db } = database()
    await db.insert(overrides).values({ ...override, minutes: null })
    await db.insert(changedWorkItems).values({ ...key, changedAt: at(201) })
    await settle(database())
    expect(await loadWorkItem(db, 'claims', 'claim-1', { knownAt: null })).toMatchObject({
      status: 'open',
      runs: [],
      cost: { totalUsd: null, runsUsd: null, correctionsUsd: null, toolsUsd: null, pricedCalls: 0 },
      usage: { calls: 0, inputTokens: null },
    })
  })

  it('is served by HTTP, with the nearest ids where there is none', async () => {
    const context = { authority: 'docket' as const, workflow: 'claims', workItemId: 'claim/8841#b' }
    await insertSpanCopies(database().db, [...trace, buildSpan({ spanId: 'x', traceId: 't-2', context })])
    await settle(database())
    const app = createServer({ logger: console, onAnswered: () => {} })
    await app.register(
      workItemRoutes({ database: database(), clock: () => at(100), requireScope: () => async () => {} }),
    )
    const get = async (path: string) => {
      const response = await app.inject({ url: `/api/work-items/${path}` })
      return { status: response.statusCode, body: response.json() }
    }
    expect(await get(`claims/${encodeURIComponent('claim/8841#b')}`)).toMatchObject({
      status: 200,
      body: { id: 'claim/8841#b' },
    })
    expect((await get('claims/claim-1?knownAt=yesterday')).status).toBe(400)
    const missing = await get('claims/claim-11')
    expect(missing).toMatchObject({ status: 404, body: { error: { nextStep: 'Nearest: claim-1.' } } })
    expect((await get('claims/a%00b')).status).toBe(404)
    await app.close()
  })
})
