import { expect, it } from 'vitest'
import { attributeChanges } from '../../src/attribution/attribute-changes.ts'
import { finishRepricing } from '../../src/attribution/finish-repricing.ts'
import { loadWorkItem } from '../../src/attribution/load-work-item.ts'
import { priceRoutes } from '../../src/http/routes/prices.ts'
import { createServer } from '../../src/http/server.ts'
import { at, buildSpan, insertSpanCopies, tokens } from '../support/build-span.ts'
import { describeWithDatabase } from '../support/database.ts'

describeWithDatabase('contract prices', (database) => {
  it('hold once a price is set and the runs are priced again, and not before that was known', async () => {
    const { db } = database()
    await insertSpanCopies(db, [buildSpan({ spanId: 's1', model: 'gpt-4.1-2025-04-14', usage: tokens(1000, 100) })])
    await attributeChanges(database(), { clock: () => at(1) })
    let now = at(5000)
    let repriced = ''
    const app = createServer({ logger: console, onAnswered: () => {} })
    const requireScope = () => async () => {}
    const afterReprice = (id: string) => {
      repriced = id
    }
    await app.register(priceRoutes({ database: database(), requireScope, clock: () => now, afterReprice }))
    const price = { workflow: 'claims', model: 'gpt-4.1', inputPerMillion: 1, outputPerMillion: 5, validFrom: at(-60) }
    const put = await app.inject({ method: 'PUT', url: '/api/prices', payload: price })
    expect(put.statusCode).toBe(200)
    await app.inject({ method: 'PUT', url: '/api/prices', payload: [price] })
    const listed = await app.inject({ url: '/api/prices' })
    expect(listed.json().prices).toMatchObject([{ model: 'gpt-4.1', inputPerMillion: 1, cachedInputPerMillion: null }])
    const cost = async (knownAt: Date | null) =>
      (await loadWorkItem(db, 'claims', 'claim-1', { knownAt }))?.cost.totalUsd
    // The catalogue: 1000 × $2/M + 100 × $8/M = $0.0028.
    expect(await cost(null)).toBe(0.0028)
    const payload = { workflow: 'claims', from: at(-60), to: at(60) }
    const response = await app.inject({ method: 'POST', url: '/api/prices/reprice', payload })
    const { id, runs } = response.json()
    expect([response.statusCode, runs, repriced]).toEqual([202, 1, id])
    expect(await finishRepricing(db, id, at(5001))).toMatchObject({ isDone: false })
    await attributeChanges(database(), { clock: () => at(5001) })
    const result = { calls: 1, unknownBefore: 0, unknownNow: 0, finishedAt: at(5002).toISOString() }
    expect(await finishRepricing(db, id, at(5002))).toMatchObject({
      isDone: true,
      request: { runs: 1, result: { ...result, beforeMicros: 2800, nowMicros: 1500 } },
    })
    const recorded = await app.inject({ url: `/api/prices/repricings/${id}` })
    expect(recorded.json().result).toEqual({ ...result, beforeUsd: 0.0028, nowUsd: 0.0015 })
    expect((await app.inject({ url: '/api/prices/repricings/other' })).statusCode).toBe(404)
    // The contract: 1000 × $1/M + 100 × $5/M = $0.0015.
    expect([await cost(null), await cost(at(4999)), await cost(at(5000))]).toEqual([0.0015, 0.0028, 0.0015])
    // Nothing has another price since: the count is of what the request changed.
    now = at(6000)
    const again = (await app.inject({ method: 'POST', url: '/api/prices/reprice', payload })).json()
    await attributeChanges(database(), { clock: () => at(6001) })
    expect((await finishRepricing(db, again.id, at(6002))).request?.result).toMatchObject({ calls: 0, nowMicros: 0 })
    const refused = await app.inject({ method: 'PUT', url: '/api/prices', payload: { ...price, model: 7 } })
    expect(refused.json().error).toMatchObject({ code: 'bad_request', path: '0.model' })
    await app.close()
  })
})
