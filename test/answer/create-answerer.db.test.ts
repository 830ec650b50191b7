import { beforeEach, expect, it } from 'vitest'
import type { Analysis } from '../../src/analysis/analysis.ts'
import { type Answerer, createAnswerer } from '../../src/answer/create-answerer.ts'
import type { AnswererOptions } from '../../src/answer/run/services.ts'
import type { Finding } from '../../src/domain/finding.ts'
import type { Plan } from '../../src/domain/plan.ts'
import type { ModelClient } from '../../src/llm/client.ts'
import { searchMemory } from '../../src/memory/search-memory.ts'
import { validateMessage } from '../../src/playground/validation/validate-message.ts'
import { runFacts, workItems } from '../../src/store/schema/facts.ts'
import { workflows } from '../../src/store/schema/settings.ts'
import { describeWithDatabase } from '../support/database.ts'

const NOW = new Date('2026-11-18T10:00:00Z')

/** An entry of the catalogue that says what it was asked, and answers with fixed figures. */
function fakeSpend(asked: Plan[]): Analysis {
  return {
    name: 'spend',
    title: 'Spend',
    description: '',
    example: 'how much did we spend last week?',
    run: async ({ standpoint }, plan) => {
      asked.push(plan)
      const figure = (id: string, value: number, unit: string, more: Partial<Finding> = {}): Finding => ({
        id,
        kind: 'figure',
        label: id,
        value,
        unit,
        period: plan.period!,
        source: 'test',
        ...more,
      })
      return {
        findings: [
          figure('spend', 14_213.456789, 'usd', { n: 1904 }),
          figure('spend.before', 10_080.1, 'usd', { period: plan.comparison! }),
          figure('spend.change', 4133.356789, 'usd', { comparedWith: plan.comparison! }),
          figure('worked_items', 1904, 'items'),
          figure('spend.region=<!channel>', 9000, 'usd', { segment: { region: '<!channel>' } }),
          figure('spend.region=TX', 5213.456789, 'usd', { segment: { region: 'TX' } }),
        ],
        tables: [
          {
            title: 'By region',
            columns: [
              { label: 'region', unit: 'text' },
              { label: 'Spend', unit: 'usd' },
            ],
            rows: [
              ['<!channel>', 9000],
              ['TX', null],
            ],
          },
        ],
        charts: [],
        citations: [
          {
            kind: 'work_item',
            id: 'claim-1',
            title: 'claim-1: dearest',
            url: 'http://docket.test/work-items/claims/claim-1',
          },
        ],
        caveats: [figure('caveat.as_of', standpoint.asOf.getTime(), 'none')],
        followUps: ['why did claims spend change?'],
      }
    },
  }
}

describeWithDatabase('answerer', (database) => {
  let asked: Plan[]
  let answerer: Answerer
  const build = (more: Partial<AnswererOptions> = {}) =>
    createAnswerer({
      db: database().db,
      catalogue: new Map([['spend', fakeSpend(asked)]]),
      searchMemory,
      settle: async () => true,
      model: null,
      clock: () => NOW,
      timeZone: 'UTC',
      baseUrl: 'http://docket.test',
      ...more,
    })

  beforeEach(async () => {
    asked = []
    const { db } = database()
    const seen = { firstSeenAt: NOW, updatedAt: NOW }
    await db.insert(workflows).values([
      { name: 'claims', settings: { unit: 'claim' }, ...seen },
      { name: 'tickets', settings: { unit: 'ticket' }, ...seen },
    ])
    const item = {
      workflow: 'claims',
      status: 'resolved' as const,
      attempts: 1,
      corrections: 0,
      totalMicros: 1,
      unpricedCalls: 0,
      updatedAt: NOW,
    }
    const startedAt = new Date('2026-11-12T09:00:00Z')
    await db.insert(workItems).values([
      { ...item, workItemId: 'claim-1', attributes: { region: 'TX', exceptionDocs: true }, startedAt },
      { ...item, workItemId: 'claim-2', attributes: { region: 'CA', exceptionDocs: false }, startedAt },
    ])
    await db.insert(runFacts).values({
      traceId: 't-1',
      knownFrom: startedAt,
      workflow: 'claims',
      workItemId: 'claim-1',
      status: 'ok',
      startedAt,
      modelCostMicros: 1,
      pricedCalls: 1,
      unpricedCalls: 0,
      calls: 1,
      callsWithoutUsage: 0,
      usageEstimated: false,
      models: [],
      steps: [],
      documents: [],
      tools: [],
      waste: {},
      workItemAttributes: {},
      rules: [],
      contentHash: 'x',
      promptVersion: 'v14',
    })
    answerer = build()
  })

  it('runs the plan’s entry and answers with its findings, words, sources and blocks', async () => {
    const answer = await answerer.ask({
      question: 'how much did we spend on claims in Texas with exception docs last week?',
    })
    expect(asked).toEqual([answer.plan])
    expect(answer.plan).toEqual({
      analysis: 'spend',
      workflow: 'claims',
      metric: 'spend',
      filters: { region: 'TX', exceptionDocs: 'true' },
      period: { from: '2026-11-09', to: '2026-11-16' },
      comparison: { from: '2026-11-02', to: '2026-11-09' },
    })
    expect(answer.text).toContain(
      '$14,210 went into claims (region TX with exception docs) last week (9–15 Nov), $4,130 more than the week before.',
    )
    expect(answer.narratedBy).toBe('template')
    expect(answer.findings[0]).toMatchObject({ id: 'spend', value: 14_213.456789, unit: 'usd' })
    expect(answer.followUps).toEqual(['why did claims spend change?'])
    expect(answer.citations[0]).toMatchObject({ kind: 'work_item', id: 'claim-1' })
    validateMessage({ text: answer.text, blocks: answer.blocks })
    expect(`${answer.text}${JSON.stringify(answer.blocks.filter((block) => block.type !== 'table'))}`).not.toContain(
      '<!channel>',
    )
  })

  it('gives the same answer to the byte', async () => {
    const ask = () => answerer.ask({ question: 'spend last week by region' })
    expect(JSON.stringify(await ask())).toBe(JSON.stringify(await ask()))
  })

  it('waits for what was acknowledged, and says where it could not', async () => {
    let waited = false
    const late = build({
      settle: async () => {
        waited = true
        return false
      },
    })
    expect((await late.ask({ question: 'spend last week' })).text).toContain(
      'what arrived in the last moments is not in yet',
    )
    expect(waited).toBe(true)
  })

  it('counts from asOf, in the zone that was asked for', async () => {
    await answerer.ask({
      question: 'spend yesterday',
      asOf: new Date('2026-11-16T02:00:00Z'),
      timezone: 'America/New_York',
    })
    expect(asked[0]?.period).toEqual({ from: '2026-11-14', to: '2026-11-15' })
  })

  it('follows up in a thread, and not outside of it', async () => {
    await answerer.ask({ question: 'how much did we spend on claims last week?', threadId: 'C1:1' })
    await answerer.ask({ question: 'and in TX?', threadId: 'C1:1' })
    await answerer.ask({ question: 'what about October?', threadId: 'C1:1' })
    expect(asked.at(-1)).toMatchObject({
      workflow: 'claims',
      filters: { region: 'TX' },
      period: { from: '2026-10-01', to: '2026-11-01' },
    })
    expect((await answerer.ask({ question: 'and in TX?', threadId: 'C1:2' })).plan.analysis).toBe('help')
  })

  it('does not guess: names the workflows that it knows, and what could be asked', async () => {
    const unknown = await answerer.ask({ question: 'why did refunds cost spike?' })
    expect(unknown.plan).toEqual({ analysis: 'help' })
    expect(unknown.text).toContain('“refunds” is not among the workflows that I know. I know claims, tickets.')
    expect(unknown.followUps).toHaveLength(3)
    expect(asked).toEqual([])
  })

  it('names the nearest work items to an unknown id', async () => {
    const answer = await answerer.ask({ question: 'what happened to claim-11?' })
    expect(answer.text).toContain('“claim-11” is not among the work items that I know. Nearest: claim-1 (claims)')
  })

  it('lets a model word the answer, but not make a figure', async () => {
    const model = (words: string): ModelClient => ({ model: 'fake', complete: async () => words })
    const question = 'how much did we spend on claims last week?'
    const good = await build({ model: model('Claims took $14,210 last week (9–15 Nov).') }).ask({ question })
    expect(good).toMatchObject({ narratedBy: 'model' })
    expect(good.text).toContain('Claims took $14,210 last week')
    expect(JSON.stringify(good.blocks)).toContain('Worded by a language model')
    const failures: unknown[] = []
    const bad = await build({
      model: model('Claims took $15,000 last week.'),
      onModelFailure: (error) => failures.push(error),
    }).ask({ question })
    expect(bad.narratedBy).toBe('template')
    expect(bad.text).not.toContain('15,000')
    expect(String(failures[0])).toContain('$15,000')
  })

  it('asks a model for the plan only where the rules do not understand, and believes only names that exist', async () => {
    const propose = (plan: unknown): ModelClient => ({
      model: 'fake',
      complete: async ({ json }) => (json ? JSON.stringify(plan) : ''),
    })
    const question = 'moolah for Texan paperwork, seven days to Sunday'
    const known = await build({
      model: propose({ analysis: 'spend', workflow: 'claims', filters: { region: 'TX' } }),
    }).ask({ question })
    expect(known.plan).toMatchObject({ analysis: 'spend', workflow: 'claims', filters: { region: 'TX' } })
    const invented = await build({ model: propose({ analysis: 'spend', workflow: 'refunds' }) }).ask({ question })
    expect(invented.plan.analysis).toBe('help')
  })

  it('answers without the model where that fails', async () => {
    const failures: unknown[] = []
    const broken: ModelClient = { model: 'fake', complete: () => Promise.reject(new Error('503')) }
    const answer = await build({ model: broken, onModelFailure: (error) => failures.push(error) }).ask({
      question: 'spend last week',
    })
    expect(answer.narratedBy).toBe('template')
    expect(failures).toHaveLength(1)
  })
})
