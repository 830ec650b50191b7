import { expect, it } from 'vitest'
import { createRequireScope } from '../../../src/http/authenticate.ts'
import { watchlistRoutes } from '../../../src/http/routes/watchlist.ts'
import { createServer } from '../../../src/http/server.ts'
import { putWorkflow } from '../../../src/store/queries/put-workflow.ts'
import { putShiftMute } from '../../../src/store/queries/shift-mutes.ts'
import { insertShiftNotice } from '../../../src/store/queries/shift-notices.ts'
import { claimShiftPost, recordShiftPosted } from '../../../src/store/queries/shift-posts.ts'
import { describeWithDatabase } from '../../support/database.ts'

const NOW = new Date('2026-11-20T09:00:00Z')
const later = new Date('2026-12-20T09:00:00Z')

describeWithDatabase('GET /api/watchlist', (database) => {
  it('lists what was noticed, where it was told, and what is watched; newest first', async () => {
    const { db } = database()
    for (const name of ['claims', 'tickets', 'invoices']) await putWorkflow(db, name, { unit: 'item' }, NOW)
    await putWorkflow(db, 'invoices', { unit: 'invoice', watch: false }, NOW)
    await putShiftMute(db, { workflow: 'tickets', until: later, mutedBy: 'U1', mutedAt: NOW })
    const notice = { shifts: [], state: 'new' as const, question: 'why?', cause: null, noticedAt: NOW }
    await insertShiftNotice(db, { ...notice, id: 'a', workflow: 'claims', date: '2026-11-02' })
    await insertShiftNotice(db, { ...notice, id: 'b', workflow: 'claims', date: '2026-11-17' })
    await claimShiftPost(db, { noticeId: 'b', channel: 'C1' }, NOW, NOW)
    await recordShiftPosted(db, { noticeId: 'b', channel: 'C1' }, '1.2', NOW)
    const app = createServer({ logger: { error: () => {} }, onAnswered: () => {} })
    const requireScope = createRequireScope(async (key) =>
      key === 'reader' ? { id: key, name: key, scopes: ['read'] } : null,
    )
    await app.register(watchlistRoutes({ db, requireScope, clock: () => NOW }))
    const get = (query: string, headers: Record<string, string> = { authorization: 'Bearer reader' }) =>
      app.inject({ method: 'GET', url: `/api/watchlist${query}`, headers })
    const all = (await get('')).json()
    expect(all.notices.map((one: { id: string }) => one.id)).toEqual(['b', 'a'])
    expect(all.notices[0].posts).toMatchObject([{ channel: 'C1', messageTs: '1.2' }])
    expect(all.workflows).toMatchObject([
      { workflow: 'claims', watched: true, mutedUntil: null },
      { workflow: 'invoices', watched: false },
      { workflow: 'tickets', watched: false, mutedUntil: later.toISOString(), mutedBy: 'U1' },
    ])
    expect((await get('?workflow=claims&from=2026-11-10')).json().notices).toHaveLength(1)
    expect((await get('?from=yesterday')).statusCode).toBe(400)
    expect((await get('', {})).statusCode).toBe(401)
    await app.close()
  })
})
