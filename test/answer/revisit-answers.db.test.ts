import { beforeEach, expect, it } from 'vitest'
import { type Revisiting, revisitAnswers } from '../../src/answer/revisit-answers.ts'
import type { Finding, Report } from '../../src/domain/finding.ts'
import type { Plan } from '../../src/domain/plan.ts'
import { listAnswersWithLateData } from '../../src/store/queries/late-data.ts'
import { insertSlackAnswer } from '../../src/store/queries/slack-answers.ts'
import { outcomes, overrides } from '../../src/store/schema/events.ts'
import { runFacts, workItems } from '../../src/store/schema/facts.ts'
import { describeWithDatabase } from '../support/database.ts'
import { outcomeWith, overrideWith, runFactWith } from '../support/memory-sources.ts'
import { createSlackHarness, type SlackHarness } from '../support/slack-harness.ts'

const GIVEN = new Date('2026-11-17T09:00:00Z')
const NOW = new Date('2026-11-18T09:00:00Z')
const plan: Plan = {
  ...{ analysis: 'explain_change', workflow: 'claims', metric: 'spend' },
  ...{ period: { from: '2026-11-09', to: '2026-11-16' }, comparison: { from: '2026-11-02', to: '2026-11-09' } },
}
const changeOf = (value: number): Finding => ({
  ...{ id: 'spend.change', kind: 'figure', label: 'Change of spend', value, unit: 'usd' },
  ...{ period: plan.period!, source: 'test' },
})
const reportOf = (value: number): Report => ({
  ...{ findings: [changeOf(value)], tables: [], charts: [], citations: [], caveats: [], followUps: [] },
})

describeWithDatabase('revisitAnswers', (database) => {
  let harness: SlackHarness
  let threadTs: string
  beforeEach(async () => {
    harness = createSlackHarness(database().db, () => NOW)
    threadTs = (await harness.slack.client.chat.postMessage({ channel: 'C0CLAIMS', text: 'why?' })).ts!
  })

  const store = (members: Partial<Parameters<typeof insertSlackAnswer>[1]> = {}) =>
    insertSlackAnswer(database().db, {
      ...{ id: 'a-1', kind: 'answer', channel: 'C0CLAIMS', threadTs, messageTs: null, askedBy: 'U0DANA' },
      ...{ question: 'why did <claims> spike?', createdAt: GIVEN },
      answer: {
        ...{ text: '', plan, findings: [changeOf(100)], citations: [], blocks: [] },
        ...{ narratedBy: 'template', followUps: [] },
      },
      ...members,
    })
  const late = (knownFrom: string, startedAt = '2026-11-10T10:00:00Z') =>
    database()
      .db.insert(runFacts)
      .values(
        runFactWith({ traceId: `t-${knownFrom}`, knownFrom: new Date(knownFrom), startedAt: new Date(startedAt) }),
      )
  const waiting = async () =>
    (await listAnswersWithLateData(database().db, new Date('2026-11-05T00:00:00Z'), 10)).map(({ id }) => id)
  const revisit = (more: Partial<Revisiting> = {}) =>
    revisitAnswers(database().db, {
      clock: () => NOW,
      explain: async () => reportOf(180),
      tell: (stored, said, report) => harness.slack.postRevision(stored, said, report),
      onRefused: (error) => {
        throw error
      },
      ...more,
    })
  const thread = async () =>
    (await harness.playground.context.store.list()).filter((message) => message.threadTs === threadTs)

  it('finds answers whose periods got runs, outcomes or corrections after they were given', async () => {
    const { db } = database()
    await store()
    expect(await waiting()).toEqual([])
    await late('2026-11-17T08:59:00Z')
    await late('2026-11-17T12:00:00Z', '2026-11-17T11:00:00Z')
    expect(await waiting()).toEqual([])
    await late('2026-11-17T12:30:00Z')
    expect(await waiting()).toEqual(['a-1'])
    await db.delete(runFacts)

    await db.insert(workItems).values({
      ...{ workItemId: 'claim-1', workflow: 'claims', attributes: {}, status: 'resolved', attempts: 1, corrections: 0 },
      ...{
        startedAt: new Date('2026-11-10T10:00:00Z'),
        closedAt: null,
        totalMicros: 0,
        unpricedCalls: 0,
        updatedAt: NOW,
      },
    })
    expect(await waiting()).toEqual([])
    await db.insert(outcomes).values(outcomeWith({ id: 'o', recordedAt: new Date('2026-11-17T10:00:00Z') }))
    expect(await waiting()).toEqual(['a-1'])
    await db.delete(outcomes)
    await db
      .insert(overrides)
      .values(overrideWith({ id: 'h', workItemId: 'claim-1', recordedAt: new Date('2026-11-17T10:00:00Z') }))
    expect(await waiting()).toEqual(['a-1'])
  })

  it('tells the thread once, and later only what is new since then', async () => {
    await store()
    await late('2026-11-17T12:00:00Z')
    expect(await Promise.all([revisit(), revisit()])).toEqual(expect.arrayContaining([1, 0]))
    const [message, ...others] = await thread()
    expect(others).toEqual([])
    const said = JSON.stringify(message!.message)
    expect(said).toContain('Data that came late changes this answer.')
    expect(said).toContain('Change of spend is now $180, and was $100.')
    expect(said).toContain('why did &lt;claims&gt; spike?')
    expect(await revisit()).toBe(0)

    await late('2026-11-18T10:00:00Z')
    expect(await revisit({ explain: async () => reportOf(185) })).toBe(0)
    await late('2026-11-18T11:00:00Z')
    const later = new Date('2026-11-18T12:00:00Z')
    expect(await revisit({ clock: () => later, explain: async () => reportOf(400) })).toBe(1)
    expect(JSON.stringify((await thread()).at(-1)!.message)).toContain('is now $400, and was $180.')
  })

  it('says nothing where nothing changes, and looks again only at later data', async () => {
    await store()
    await late('2026-11-17T12:00:00Z')
    expect(await revisit({ explain: async () => reportOf(101) })).toBe(0)
    expect(await waiting()).toEqual([])
    expect(await thread()).toEqual([])
  })

  it('reports what it cannot explain or tell, and tells it later', async () => {
    await store()
    await late('2026-11-17T12:00:00Z')
    const refused: string[] = []
    const onRefused = (error: unknown) => refused.push((error as Error).message)
    const fail = async () => Promise.reject(new Error('channel is gone'))
    expect(await revisit({ tell: fail, onRefused })).toBe(0)
    expect(refused).toEqual(['channel is gone'])
    expect(await revisit()).toBe(1)
    expect(await thread()).toHaveLength(1)
  })

  it('leaves old answers, other analyses and what only one person saw alone', async () => {
    const answer = { text: '', findings: [], citations: [], blocks: [], narratedBy: 'template' as const, followUps: [] }
    await store({ id: 'old', createdAt: new Date('2026-11-01T09:00:00Z') })
    await store({ id: 'alone', threadTs: null })
    await store({ id: 'spend', answer: { ...answer, plan: { ...plan, analysis: 'spend' } } })
    await late('2026-11-17T12:00:00Z')
    expect(await waiting()).toEqual([])
  })
})
