import { expect, it } from 'vitest'
import { attributeChanges } from '../../../src/attribution/attribute-changes.ts'
import { loadWorkItem } from '../../../src/attribution/load-work-item.ts'
import type { Evaluation } from '../../../src/domain/span.ts'
import { overrideCandidateRoutes } from '../../../src/http/routes/override-candidates.ts'
import { pageRoutes } from '../../../src/http/routes/pages.ts'
import { createServer } from '../../../src/http/server.ts'
import { at, buildSpan, insertSpanCopies } from '../../support/build-span.ts'
import { describeWithDatabase } from '../../support/database.ts'

const WRONG: Evaluation = {
  name: 'correctness',
  label: 'approve',
  explanation: 'the hail rider applies',
  annotator: 'human',
}

describeWithDatabase('override candidates', (database) => {
  const start = async (evaluations: Evaluation[]) => {
    const span = buildSpan({ spanId: 's1', decision: { choice: 'deny' }, evaluations })
    await insertSpanCopies(database().db, [span])
    await attributeChanges(database(), { clock: () => at(1) })
    const app = createServer({ logger: console, onAnswered: () => {} })
    const requireScope = () => async () => {}
    const dependencies = { db: database().db, requireScope, clock: () => at(60), afterConfirmation: () => {} }
    await app.register(overrideCandidateRoutes(dependencies))
    const list = async (status = 'open') =>
      (await app.inject(`/api/override-candidates?status=${status}`)).json().candidates
    const post = async (path: string, payload: object) =>
      app.inject({ method: 'POST', url: `/api/override-candidates/${path}`, payload })
    await app.register(pageRoutes({ ...dependencies, timeZone: 'UTC', retentionDays: 90 }))
    const page = async (query: string) => (await app.inject(`/work-items/claims/claim-1${query}`)).body
    return { span, list, post, page }
  }

  it('are made of what people said of a step, once, and confirmed into an override', async () => {
    const { span, list, post } = await start([WRONG, { ...WRONG, annotator: 'model' }])
    const [candidate, ...others] = await list()
    expect(candidate).toMatchObject({
      workflow: 'claims',
      workItemId: 'claim-1',
      stepId: 's1',
      agentDecision: 'deny',
      annotation: { label: 'approve', score: null },
    })
    expect(others).toEqual([])
    const confirmed = await post(`${candidate.id}/confirm`, { actor: 'ann', minutes: 3 })
    expect([confirmed.statusCode, confirmed.json().duplicate]).toEqual([200, false])
    const item = await loadWorkItem(database().db, 'claims', 'claim-1', { knownAt: null })
    expect(item?.overrides).toMatchObject([
      { agentDecision: 'deny', humanDecision: 'approve', reason: 'the hail rider applies', actor: 'ann', minutes: 3 },
    ])
    const again = await post(`${candidate.id}/confirm`, { actor: 'bob' })
    expect([again.statusCode, again.json().error.message]).toEqual([409, expect.stringContaining('ann confirmed it')])
    // A fuller copy of the same span changes nothing that was settled.
    await insertSpanCopies(database().db, [{ ...span, fullness: 2, contentHash: 'b', recordedAt: at(70) }])
    await attributeChanges(database(), { clock: () => at(71) })
    expect([await list(), (await list('confirmed')).length]).toEqual([[], 1])
  })

  it('ask for what neither the run nor the annotation says, and can be dismissed', async () => {
    const { list, post } = await start([{ name: 'correctness', score: 0, annotator: 'human' }])
    const [{ id }] = await list()
    const asked = await post(`${id}/confirm`, { actor: 'ann' })
    expect([asked.statusCode, asked.json().error.path]).toEqual([400, 'humanDecision'])
    expect((await post(`${id}/dismiss`, { actor: 'ann' })).json()).toEqual({ dismissed: true })
    expect([await list(), (await list('dismissed')).length]).toEqual([[], 1])
    expect((await post('nowhere/dismiss', { actor: 'ann' })).statusCode).toBe(404)
    expect((await post('%00/dismiss', { actor: 'ann' })).json().error).toMatchObject({ code: 'unstorable_text' })
  })

  it('are settled by one of two who dismiss it at once, and the other is told who did', async () => {
    const { list, post } = await start([{ name: 'correctness', score: 0, annotator: 'human' }])
    const [{ id }] = await list()
    const replies = await Promise.all(['ann', 'bob'].map((actor) => post(`${id}/dismiss`, { actor })))
    expect(replies.map((reply) => reply.statusCode).sort()).toEqual([200, 409])
    const [{ settledBy }] = await list('dismissed')
    expect(replies.find((reply) => reply.statusCode === 409)!.json().error.message).toContain(`${settledBy} dismissed`)
  })

  it('are shown on the page of their work item until they are settled, with the call that settles each', async () => {
    const hostile = '<script>alert(1)</script>'
    const { list, post, page } = await start([
      WRONG,
      { name: 'tone', score: 0, explanation: hostile, annotator: 'human' },
    ])
    const shown = await page('')
    expect(shown).toContain('<b>approve</b>; the agent')
    expect(shown).toContain('the agent had decided <b>deny</b>')
    expect(shown).toContain('tone: score 0')
    expect(shown).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
    expect(shown).not.toContain('<script')
    expect(shown).toContain('/docket annotations claim-1')
    const candidates: { id: string; annotation: { name: string } }[] = await list()
    const [correctness, tone] = ['correctness', 'tone'].map(
      (name) => candidates.find((one) => one.annotation.name === name)!,
    )
    expect(shown).toContain(
      `POST /api/override-candidates/${correctness!.id}/confirm\n{&quot;actor&quot;:&quot;YOUR NAME&quot;}`,
    )
    expect(shown).toContain('&quot;humanDecision&quot;:&quot;WHAT YOU DECIDED&quot;')
    await post(`${correctness!.id}/confirm`, { actor: 'ann' })
    await post(`${tone!.id}/dismiss`, { actor: 'ann' })
    expect(await page('')).not.toContain('What people said of its steps')
    // As it was known before they were settled.
    expect(await page(`?knownAt=${at(30).toISOString()}`)).toContain('What people said of its steps')
  })
})
