import { expect, it } from 'vitest'
import { attributeChanges } from '../../src/attribution/attribute-changes.ts'
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
    let repriced = 0
    const app = createServer({ logger: console, onAnswered: () => {} })
    const requireScope = () => async () => {}
    const afterReprice = () => {
      repriced += 1
    }
    await app.register(priceRoutes({ database: database(), requireScope, clock: () => at(5000), afterReprice }))
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
    expect([response.statusCode, response.json(), repriced]).toEqual([202, { runs: 1 }, 1])
    await attributeChanges(database(), { clock: () => at(5001) })
    // The contract: 1000 × $1/M + 100 × $5/M = $0.0015.
    expect([await cost(null), await cost(at(4999)), await cost(at(5000))]).toEqual([0.0015, 0.0028, 0.0015])
    const refused = await app.inject({ method: 'PUT', url: '/api/prices', payload: { ...price, model: 7 } })
    expect(refused.json().error).toMatchObject({ code: 'bad_request', path: '0.model' })
    await app.close()
  })
})
