import { expect, it } from 'vitest'
import { pageRoutes } from '../../../src/http/routes/pages.ts'
import { createServer } from '../../../src/http/server.ts'
import { forgetIngestRules } from '../../../src/ingest/load-ingest-rules.ts'
import { loadRedactor } from '../../../src/ingest/load-redactor.ts'
import { cleanUp } from '../../../src/jobs/clean-up.ts'
import { listDeadLetters } from '../../../src/store/queries/dead-letters.ts'
import { putIngestRules } from '../../../src/store/queries/ingest-rules.ts'
import { describeWithDatabase } from '../../support/database.ts'
import { createIngestServer, NOW, READ_KEY, withKey } from '../../support/ingest-server.ts'

const OUTCOME = { workflow: 'claims', workItemId: 'c-1', status: 'done', occurredAt: '2026-11-17T09:00:00Z' }
const DAY = 86_400_000

describeWithDatabase('what was refused', (database) => {
  let now = NOW
  const start = async () => {
    const { app } = await createIngestServer(database(), { clock: () => now })
    const post = (name: string, payload: unknown) =>
      app.inject({
        method: 'POST',
        url: `/webhooks/${name}`,
        headers: { 'content-type': 'application/json', ...withKey() },
        payload: typeof payload === 'string' ? payload : JSON.stringify(payload),
      })
    return { app, post }
  }
  const openPage = async () => {
    const app = createServer({ logger: console, onAnswered: () => {} })
    const requireScope = () => async () => {}
    await app.register(
      pageRoutes({ db: database().db, timeZone: 'UTC', clock: () => now, requireScope, retentionDays: 30 }),
    )
    return async (query: string) => (await app.inject({ url: `/dead-letters${query}` })).body
  }

  it('is paged without a gap or a repetition, also inside one request', async () => {
    const { app, post } = await start()
    await post(
      'outcomes',
      Array.from({ length: 5 }, (_, index) => ({ ...OUTCOME, workItemId: `c-${index}` })),
    )
    now = new Date(NOW.getTime() + 1000)
    await post('outcomes', [{ ...OUTCOME, workItemId: 'later' }, 'no object'])
    await post('traces', 'nonsense')
    const list = async (query: string) =>
      (await app.inject({ url: `/api/dead-letters${query}`, headers: withKey(READ_KEY) })).json()
    const whole = await list('')
    expect([whole.deadLetters.length, whole.next]).toEqual([8, null])
    const paged: unknown[] = []
    let query = '?limit=3'
    for (let pages = 0; pages < 3; pages += 1) {
      const page = await list(query)
      paged.push(...page.deadLetters)
      query = `?limit=3&after=${page.next}`
    }
    expect(paged).toEqual(whole.deadLetters)
    expect(query).toBe('?limit=3&after=null')
    expect(await list('?source=webhooks/outcomes&limit=7')).toMatchObject({ next: null })
    for (const wrong of ['?limit=0', '?after=1.x.y', '?after=%00', '?source=']) {
      expect((await list(wrong)).error.code).toBe('bad_request')
    }
    expect((await list('?after=999999999999999.9999999999.ab')).deadLetters).toHaveLength(8)
    await app.close()
  })

  it('is shown as a page, by reason and one by one, with nothing of it taken for markup', async () => {
    const { app, post } = await start()
    const hostile = '<script>alert(1)</script>'
    await post('outcomes', [
      { ...OUTCOME, note: hostile },
      { ...OUTCOME, workItemId: 'c-2' },
    ])
    await post('traces', { workflow: 'claims', startedAt: 'soon', steps: [{ kind: 'llm', [hostile]: 1 }] })
    await post('traces', `{"${hostile}`)
    const page = await openPage()
    const text = await page('')
    expect(text).toContain('<td class="number">2</td>')
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
    expect(text).not.toContain('<script')
    expect(text).toContain('What is older than 30 days is dropped')
    expect(await page('?source=webhooks%2Ftraces')).not.toContain('c-2')
    const first = await page('?limit=1')
    const next = /href="\/dead-letters\?(after=[^"]+)">Older/.exec(first)![1]!
    expect(await page(`?limit=1&${next}`)).toContain('>Newest</a>')
    expect(await page('?source=%3Cscript%3E')).toContain('Nothing was refused.')
    await app.close()
  })

  it('keeps of a payload what the rules of its workflow let stand, and without one what all of them do', async () => {
    const { db } = database()
    const redaction = { keep: ['email' as const], patterns: [{ name: 'policy_number', pattern: '\\bPN-\\d{8}\\b' }] }
    await putIngestRules(db, { workflow: 'claims', rules: { redaction }, updatedAt: NOW, updatedBy: 'ann' })
    forgetIngestRules(db)
    const { app, post } = await start()
    const note = 'PN-12345678 of ann@example.com'
    await post('outcomes', [
      { ...OUTCOME, note },
      { ...OUTCOME, workflow: 7, note },
    ])
    await post('traces', `{"key": PN-12345678 ann@example.com}`)
    const kept = (await listDeadLetters(db, { limit: 10 })).map((letter) => letter.excerpt + letter.message)
    expect(kept).toHaveLength(3)
    expect(kept.filter((text) => text.includes('ann@example.com'))).toEqual([
      expect.stringContaining('[policy_number] of ann@example.com'),
    ])
    expect(kept.join()).not.toContain('PN-1234')
    // What a person saves from Slack goes by the same rules.
    expect((await loadRedactor(db, 'claims'))(note)).toBe('[policy_number] of ann@example.com')
    expect((await loadRedactor(db, null))(note)).toBe('[policy_number] of [email]')
    await app.close()
  })

  it('is dropped with the raw spans of its age', async () => {
    const { app, post } = await start()
    now = new Date(NOW.getTime() - 31 * DAY)
    await post('traces', 'old')
    now = new Date(NOW.getTime() - 29 * DAY)
    await post('traces', 'young')
    await cleanUp(database(), 30, NOW)
    expect((await listDeadLetters(database().db, { limit: 10 })).map((letter) => letter.excerpt)).toEqual(['young'])
    await app.close()
  })
})
