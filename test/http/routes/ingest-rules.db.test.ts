import { expect, it } from 'vitest'
import { attributeChanges } from '../../../src/attribution/attribute-changes.ts'
import { loadWorkItem } from '../../../src/attribution/load-work-item.ts'
import { ingestRuleRoutes } from '../../../src/http/routes/ingest-rules.ts'
import { createServer } from '../../../src/http/server.ts'
import type { Database } from '../../../src/store/client.ts'
import { describeWithDatabase } from '../../support/database.ts'
import { createIngestServer, NOW, withKey } from '../../support/ingest-server.ts'
import { storedSpans } from '../../support/stored-spans.ts'

async function createRulesServer(database: Database) {
  const app = createServer({ logger: console, onAnswered: () => {} })
  let applied = 0
  const requireScope = () => async () => {}
  const afterApply = () => {
    applied += 1
  }
  await app.register(ingestRuleRoutes({ db: database.db, requireScope, clock: () => NOW, afterApply }))
  return { app, applied: () => applied }
}

const exportOf = (spanId: string) => ({
  resourceSpans: [
    {
      resource: { attributes: [{ key: 'service.name', value: { stringValue: 'adjudicator' } }] },
      scopeSpans: [
        {
          spans: [
            {
              traceId: '5b8efff798038103d269b633813fc60c',
              spanId,
              name: 'chat',
              startTimeUnixNano: '1763370723000000000',
              endTimeUnixNano: '1763370724000000000',
              attributes: [
                { key: 'gen_ai.operation.name', value: { stringValue: 'chat' } },
                { key: 'case', value: { stringValue: 'claim-77' } },
                { key: 'gen_ai.prompt', value: { stringValue: 'PN-12345678 writes from ann@example.com' } },
              ],
            },
          ],
        },
      ],
    },
  ],
})

describeWithDatabase('ingest rules', (database) => {
  const send = async (spanId: string) => {
    const { app } = await createIngestServer(database())
    const headers = { 'content-type': 'application/json', ...withKey() }
    const reply = await app.inject({
      method: 'POST',
      url: '/v1/traces',
      headers,
      payload: JSON.stringify(exportOf(spanId)),
    })
    await app.close()
    await attributeChanges(database(), { clock: () => NOW })
    return reply.statusCode
  }

  it('name and redact what comes after them, and rename what is there when they are applied', async () => {
    const { app, applied } = await createRulesServer(database())
    expect(await send('eee19b7ec3c1b174')).toBe(200)
    const find = (workflow: string, id: string) => loadWorkItem(database().db, workflow, id, { knownAt: null })
    expect((await find('adjudicator', '5b8efff798038103d269b633813fc60c'))?.runs).toHaveLength(1)
    const rules = {
      redaction: { keep: ['email'], patterns: [{ name: 'policy_number', pattern: '\\bPN-\\d{8}\\b' }] },
      naming: { traces: [{ attribute: 'service.name', equals: 'adjudicator' }], workItemId: ['case'] },
    }
    const put = await app.inject({ method: 'PUT', url: '/api/workflows/claims/ingest-rules', payload: rules })
    expect([put.statusCode, put.json().rules]).toEqual([200, rules])
    const apply = await app.inject({
      method: 'POST',
      url: '/api/ingest-rules/apply',
      payload: { from: '2025-01-01T00:00:00Z' },
    })
    expect([apply.statusCode, apply.json(), applied()]).toEqual([202, { runs: 1 }, 1])
    await attributeChanges(database(), { clock: () => NOW })
    expect((await find('claims', 'claim-77'))?.runs).toHaveLength(1)
    expect(await find('adjudicator', '5b8efff798038103d269b633813fc60c')).toBeNull()
    expect(await send('eee19b7ec3c1b175')).toBe(200)
    const inputs = await storedSpans(database().db)
    expect(inputs[1]!.input).toContain('[policy_number] writes from ann@example.com')
    // What was stored before the rules were set was redacted by the strictest ones.
    expect(inputs[0]!.input).toContain('PN-12345678 writes from [email]')
    const gone = await app.inject({ method: 'DELETE', url: '/api/workflows/claims/ingest-rules' })
    const again = await app.inject({ method: 'DELETE', url: '/api/workflows/claims/ingest-rules' })
    expect([gone.statusCode, again.statusCode]).toEqual([200, 404])
    await app.close()
  })

  it.each([
    [{ redaction: { keep: ['secrets'] } }, 'redaction.keep.0'],
    [{ redaction: { patterns: [{ name: 'x', pattern: 'a' }] } }, 'redaction.patterns.0.name'],
    [{ naming: { traces: [{ attribute: 'a' }] } }, 'naming.traces.0.equals'],
    [{ name: {} }, ''],
  ])('refuse %j and name the place', async (payload, path) => {
    const { app } = await createRulesServer(database())
    const reply = await app.inject({ method: 'PUT', url: '/api/workflows/claims/ingest-rules', payload })
    expect(reply.statusCode).toBe(400)
    expect(reply.json().error.path ?? '').toBe(path)
    await app.close()
  })

  it('refuse a pattern that cannot be read, with the place', async () => {
    const { app } = await createRulesServer(database())
    const payload = { redaction: { patterns: [{ name: 'open', pattern: '(' }] } }
    const reply = await app.inject({ method: 'PUT', url: '/api/ingest-rules', payload })
    expect([reply.statusCode, reply.json().error.code]).toEqual([400, 'bad_pattern'])
    expect(reply.json().error.message).toContain('redaction.patterns[0].pattern')
    await app.close()
  })
})
