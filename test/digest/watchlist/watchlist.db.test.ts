import { expect, it } from 'vitest'
import { catalogue } from '../../../src/analysis/catalogue.ts'
import { attributeChanges } from '../../../src/attribution/attribute-changes.ts'
import { lookForShifts, type WatchContext } from '../../../src/digest/watchlist/look-for-shifts.ts'
import { type NoticeTarget, tellShifts } from '../../../src/digest/watchlist/tell-shifts.ts'
import { addDays } from '../../../src/domain/period.ts'
import { Problem } from '../../../src/domain/problem.ts'
import type { Workflow } from '../../../src/domain/workflow.ts'
import { membersOf } from '../../../src/ingest/read-members.ts'
import { receiveTraces } from '../../../src/ingest/receive-traces.ts'
import { listWorkflows } from '../../../src/store/queries/list-workflows.ts'
import { putShiftMute } from '../../../src/store/queries/shift-mutes.ts'
import { listShiftNotices } from '../../../src/store/queries/shift-notices.ts'
import { describeWithDatabase } from '../../support/database.ts'
import { steadyWork } from '../../support/steady-work.ts'

const NOW = new Date('2026-11-18T09:00:00Z')
const FIRST = '2026-10-05'
const DAYS = 48
const CHANGED = '2026-11-09'

describeWithDatabase('the watchlist', (database) => {
  /** Some weeks of claims, in which the second attempts begin to multiply on a Monday (or not). */
  async function work(secondAttempt: number | null) {
    const { db } = database()
    const change = secondAttempt === null ? {} : { change: { from: CHANGED, secondAttempt } }
    const items = steadyWork({ seed: 3, first: FIRST, days: DAYS, itemsADay: 12, ...change })
    const traces = items.flatMap((item) =>
      item.runs.map((run) => ({
        ...{ traceId: run.traceId, workflow: 'claims', startedAt: run.startedAt.toISOString(), status: 'ok' },
        workItem: { id: item.workItemId, attributes: item.attributes },
        steps: [
          {
            kind: 'llm',
            name: 'assess',
            model: 'in-house',
            costUsd: run.modelCostMicros / 1e6,
            usage: { inputTokens: 1000, outputTokens: 100 },
          },
        ],
        outcome: { status: item.status, occurredAt: run.startedAt.toISOString() },
      })),
    )
    await receiveTraces(db, membersOf(traces), { now: NOW, source: 'test' })
    while ((await attributeChanges(database(), { clock: () => NOW })).remaining);
  }
  const context = async (asOf = NOW): Promise<WatchContext> => ({
    ...{ db: database().db, baseUrl: 'http://docket.test', catalogue, workflows: await listWorkflows(database().db) },
    standpoint: { asOf, knownAt: null, timeZone: 'UTC' },
  })
  const posts: string[] = []
  const target = (overrides: Partial<NoticeTarget<string>> = {}): NoticeTarget<string> => ({
    fallbackChannel: 'C-digest',
    mayHave: () => true,
    post: async (channel, notice, message) => `${channel}-${posts.push(`${channel} ${notice.id} ${message}`)}`,
    ...overrides,
  })
  const tell = async (options: { workflows?: Workflow[]; targets?: NoticeTarget<string>[]; clock?: () => Date } = {}) =>
    tellShifts(database().db, {
      workflows: options.workflows ?? (await listWorkflows(database().db)),
      targets: options.targets ?? [target()],
      clock: options.clock ?? (() => NOW),
      compose: async (notice) => notice.question,
      onRefused: (error, notice, channel) => posts.push(`refused ${channel} ${notice.id}: ${error.code}`),
    })

  it('notices a shift once and posts it once, with two workers at it again and again', async () => {
    await work(0.9)
    posts.length = 0
    const rounds = [await context(), await context(addDaysTo(NOW, 1)), await context(addDaysTo(NOW, 2))]
    const fresh: string[] = []
    for (const round of rounds) {
      const both = await Promise.all([lookForShifts(round, 'claims'), lookForShifts(round, 'claims')])
      fresh.push(...both.flat().map(({ id }) => id))
      await Promise.all([tell(), tell()])
    }
    expect(fresh).toHaveLength(1)
    const [notice, ...others] = await listShiftNotices(database().db)
    expect(others).toEqual([])
    expect(notice!.state).toBe('new')
    expect(Math.abs(Date.parse(notice!.date) - Date.parse(CHANGED))).toBeLessThanOrEqual(86_400_000)
    expect(notice!.shifts.map(({ metric }) => metric)).toContain('attempts')
    expect(notice!.cause).toMatchObject({ verdict: expect.stringMatching(/^(cause_found|broad)$/) })
    expect(posts).toEqual([`C-digest ${notice!.id} ${notice!.question}`])
  })

  it('is quiet on quiet days', async () => {
    await work(null)
    posts.length = 0
    expect(await lookForShifts(await context(), 'claims')).toEqual([])
    expect(await tell()).toBe(0)
    expect(posts).toEqual([])
  })

  it('keeps what is long over for later questions and tells nobody', async () => {
    await work(0.9)
    posts.length = 0
    const [notice] = await lookForShifts(await context(new Date('2026-12-20T09:00:00Z')), 'claims')
    expect(notice).toMatchObject({ state: 'past' })
    expect(await tell({ clock: () => new Date('2026-12-20T09:00:00Z') })).toBe(0)
  })

  it('posts into the workflow’s own channel, else where that refuses into the digest’s, and not twice', async () => {
    await work(0.9)
    posts.length = 0
    const [notice] = await lookForShifts(await context(), 'claims')
    const workflows = (await listWorkflows(database().db)).map((one) => ({ ...one, channel: 'C-claims' }))
    const refusing = target({
      post: async (channel, { id }) => {
        if (channel === 'C-claims') throw new Problem('post_refused', 'Slack refused it.')
        return `${channel}-${posts.push(`${channel} ${id}`)}`
      },
    })
    await tell({ workflows, targets: [refusing] })
    expect(posts).toEqual([`refused C-claims ${notice!.id}: post_refused`, `C-digest ${notice!.id}`])
    posts.length = 0
    expect(await tell({ workflows })).toBe(0)
    expect(posts).toEqual([])
  })

  it('tells nobody of a workflow that is muted or turned off, and tells when the mute is over', async () => {
    await work(0.9)
    posts.length = 0
    await lookForShifts(await context(), 'claims')
    const { db } = database()
    await putShiftMute(db, { workflow: 'claims', until: addDaysTo(NOW, 3), mutedBy: 'U1', mutedAt: NOW })
    expect(await tell()).toBe(0)
    const off = (await listWorkflows(db)).map((one) => ({ ...one, watch: false }))
    expect(await tell({ workflows: off, clock: () => addDaysTo(NOW, 4) })).toBe(0)
    expect(await tell({ clock: () => addDaysTo(NOW, 4) })).toBe(1)
  })
})

function addDaysTo(instant: Date, days: number): Date {
  return new Date(`${addDays(instant.toISOString().slice(0, 10), days)}${instant.toISOString().slice(10)}`)
}
