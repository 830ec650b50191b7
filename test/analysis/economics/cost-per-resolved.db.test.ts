import { expect, it } from 'vitest'
import type { AnalysisContext } from '../../../src/analysis/analysis.ts'
import { catalogue } from '../../../src/analysis/catalogue.ts'
import { attributeChanges } from '../../../src/attribution/attribute-changes.ts'
import type { Plan } from '../../../src/domain/plan.ts'
import { membersOf } from '../../../src/ingest/read-members.ts'
import { receiveOutcomes } from '../../../src/ingest/receive-outcomes.ts'
import { receiveOverrides } from '../../../src/ingest/receive-overrides.ts'
import { receiveTraces } from '../../../src/ingest/receive-traces.ts'
import { listWorkflows } from '../../../src/store/queries/list-workflows.ts'
import { putWorkflow } from '../../../src/store/queries/put-workflow.ts'
import { describeWithDatabase } from '../../support/database.ts'
import { figureOf, findingOf } from './read-report.ts'

const MONDAY = new Date('2026-11-16T08:00:00Z')
const WEDNESDAY = new Date('2026-11-18T08:00:00Z')

describeWithDatabase('cost per resolved item, from traces to the figure', (database) => {
  /** Three claims of the week: one in two attempts with a correction, one failed, one that is reopened on Tuesday. */
  async function work() {
    const { db } = database()
    await putWorkflow(db, 'claims', { unit: 'claim', correctionHourlyRate: 60 }, MONDAY)
    const trace = (id: string, item: string, startedAt: string, costUsd: number, region: string) => ({
      ...{ traceId: id, workflow: 'claims', workItem: { id: item, attributes: { region } }, startedAt, status: 'ok' },
      steps: [
        { kind: 'llm', name: 'assess', model: 'in-house', costUsd, usage: { inputTokens: 1000, outputTokens: 10 } },
      ],
    })
    const traces = [
      trace('t1', 'a', '2026-11-05T10:00:00Z', 1.25, 'TX'),
      trace('t2', 'a', '2026-11-10T10:00:00Z', 0.75, 'TX'),
      trace('t3', 'b', '2026-11-11T10:00:00Z', 2, 'CA'),
      trace('t4', 'c', '2026-11-12T10:00:00Z', 4, 'CA'),
      trace('t5', 'd', '2026-11-13T10:00:00Z', 8, 'CA'),
    ]
    await receiveTraces(db, membersOf(traces), { now: MONDAY, source: 'test' })
    const outcome = (item: string, status: string, occurredAt: string) => ({
      ...{ workflow: 'claims', workItemId: item, status, occurredAt },
    })
    const outcomes = [
      outcome('a', 'resolved', '2026-11-10T12:00:00Z'),
      outcome('b', 'failed', '2026-11-11T12:00:00Z'),
      outcome('c', 'resolved', '2026-11-12T12:00:00Z'),
    ]
    await receiveOutcomes(db, membersOf(outcomes), { now: MONDAY, source: 'test' })
    const reopened = [outcome('c', 'reopened', '2026-11-17T12:00:00Z')]
    await receiveOutcomes(db, membersOf(reopened), { now: WEDNESDAY, source: 'test' })
    const override = {
      ...{ workflow: 'claims', workItemId: 'a', agentDecision: 'deny', humanDecision: 'approve', reason: 'hail rider' },
      ...{ actor: 'ann', minutes: 6, occurredAt: '2026-11-10T11:00:00Z' },
    }
    await receiveOverrides(db, membersOf([override]), { now: MONDAY, source: 'test' })
    while ((await attributeChanges(database(), { clock: () => MONDAY })).remaining);
  }

  async function ask(plan: Plan, asOf: Date, knownAt: Date | null = null) {
    const { db } = database()
    const context: AnalysisContext = {
      ...{ db, baseUrl: 'http://docket.test', workflows: await listWorkflows(db) },
      standpoint: { asOf, knownAt, timeZone: 'UTC' },
    }
    return catalogue.get(plan.analysis)!.run(context, { workflow: 'claims', ...plan })
  }

  it('shows where the dearest and the cheapest item part, which only their rows tell', async () => {
    await work()
    const spread = await ask({ analysis: 'spread', filters: { region: 'CA' } }, MONDAY)
    expect(spread.tables[0]!.title).toBe('Where c and b part')
    expect(spread.tables[0]!.rows[0]).toEqual(['assess', 1, 1000, 4, 1, 1000, 2])
    expect(findingOf(spread, 'pair.parting.dearest')).toMatchObject({ label: 'assess', value: 4 })
    expect(findingOf(spread, 'pair.parting.cheapest')).toMatchObject({ label: 'assess', value: 2 })
  })

  it('restates the week when an item is reopened, and still says what was known before', async () => {
    await work()
    const plan: Plan = { analysis: 'cost_per_resolved', groupBy: 'region' }
    // Monday: a (1.25 + 0.75 + 6 minutes at $60) + b 2 + c 4 over the two resolved.
    const monday = await ask(plan, MONDAY)
    expect(figureOf(monday, 'cost_per_resolved')).toBe(7)
    expect(figureOf(monday, 'cost.corrections')).toBe(6)
    expect(figureOf(monday, 'cost_per_resolved.region=TX')).toBe(8)
    // Wednesday: c is open again.
    const wednesday = await ask(plan, WEDNESDAY)
    expect(figureOf(wednesday, 'cost_per_resolved')).toBe(10)
    expect(figureOf(wednesday, 'caveat.reopened_items')).toBe(1)
    expect(figureOf(wednesday, 'caveat.open_items')).toBe(2)
    expect(figureOf(await ask(plan, WEDNESDAY, MONDAY), 'cost_per_resolved')).toBe(7)
  })

  it('spends in a week what ran in it, whenever the item closed', async () => {
    await work()
    const report = await ask({ analysis: 'spend' }, MONDAY)
    expect(figureOf(report, 'spend')).toBe(0.75 + 2 + 4 + 8 + 6)
    expect(figureOf(report, 'spend.before')).toBe(1.25)
  })

  it('takes the last closed week where anything happened in it, else the week that runs', async () => {
    await work()
    const friday = await ask({ analysis: 'spend' }, new Date('2026-11-13T12:00:00Z'))
    expect(findingOf(friday, 'spend')).toMatchObject({ value: 1.25, period: { from: '2026-11-02', to: '2026-11-09' } })
    const weekBefore = await ask({ analysis: 'spend' }, new Date('2026-11-06T12:00:00Z'))
    expect(findingOf(weekBefore, 'spend')).toMatchObject({ value: 1.25, period: { from: '2026-11-02' } })
    expect(figureOf(weekBefore, 'caveat.data_incomplete')).toBe('data_incomplete')
    expect(figureOf(weekBefore, 'caveat.complete_through')).toBe('2026-11-05')
    expect(figureOf(weekBefore, 'caveat.period_shifted')).toBe('2026-11-02')
  })
})
