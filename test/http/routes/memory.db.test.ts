import { Client } from '@modelcontextprotocol/sdk/client/index.js'
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js'
import type { FastifyInstance } from 'fastify'
import { afterEach, expect, it } from 'vitest'
import { contentHash } from '../../../src/domain/audit-chain.ts'
import { createRequireScope } from '../../../src/http/authenticate.ts'
import { auditRoutes } from '../../../src/http/routes/audit.ts'
import { mcpRoutes } from '../../../src/http/routes/mcp.ts'
import { memoryRoutes } from '../../../src/http/routes/memory.ts'
import { pageRoutes } from '../../../src/http/routes/pages.ts'
import { precedentRoutes } from '../../../src/http/routes/precedents.ts'
import { workItemRoutes } from '../../../src/http/routes/work-items.ts'
import { createServer } from '../../../src/http/server.ts'
import { indexPending } from '../../../src/memory/index-pending.ts'
import { runFacts } from '../../../src/store/schema/facts.ts'
import { describeWithDatabase } from '../../support/database.ts'
import { overrideWith, runFactWith, storeOverrides } from '../../support/memory-sources.ts'

const READER = 'Bearer reader'
const AT = new Date('2026-11-20T09:00:00Z')

describeWithDatabase('memory over HTTP', (database) => {
  let app: FastifyInstance
  const explained: unknown[] = []
  const reported: unknown[] = []
  const start = async () => {
    explained.length = 0
    reported.length = 0
    await storeOverrides(database().db, [
      overrideWith({ id: 'o-1', workItemId: 'claim-1' }),
      overrideWith({ id: 'o-2', workItemId: 'claim-2', humanDecision: 'refer', reason: 'rider lapsed' }),
    ])
    await indexPending(database(), null)
    const requireScope = createRequireScope(async (key) =>
      key === 'reader' || key === 'sender'
        ? { id: key, name: key, scopes: [key === 'reader' ? 'read' : 'ingest'] }
        : null,
    )
    const shared = {
      database: database(),
      db: database().db,
      requireScope,
      embed: null,
      clock: () => AT,
      reportError: (error: unknown) => void reported.push(error),
    }
    app = createServer({ logger: { error: (_details, message) => console.error(message) }, onAnswered: () => {} })
    await app.register(memoryRoutes(shared))
    await app.register(precedentRoutes(shared))
    await app.register(workItemRoutes(shared))
    await app.register(auditRoutes(shared))
    await app.register(
      mcpRoutes({
        ...shared,
        version: '1.0.0',
        loadWorkItem: async (workflow, id) => {
          if (id === 'claim-0') throw new Error('secret of the database')
          return id === 'claim-1' ? { workflow, id } : null
        },
        explainChange: async (plan) => {
          explained.push(plan)
          return { findings: [] }
        },
      }),
    )
  }
  afterEach(() => app?.close())
  const get = async (url: string, authorization = READER) => {
    const answer = await app.inject({ url, headers: { authorization } })
    return { status: answer.statusCode, body: answer.json() }
  }

  it('searches', async () => {
    await start()
    const { status, body } = await get(
      '/api/memory/search?q=hail&workflow=claims&kind=override&from=2026-11-01&to=2026-12-01&k=5',
    )
    expect(status).toBe(200)
    expect(body.query).toBe('hail')
    expect(body.entries).toHaveLength(1)
    expect(body.entries[0]).toMatchObject({
      id: 'override:claims:o-1',
      kind: 'override',
      workItemId: 'claim-1',
      rule: 'HR-12',
      occurredAt: '2026-11-10T10:00:00.000Z',
      sources: [{ kind: 'override', id: 'o-1' }],
    })
    expect(body.entries[0].score).toBeGreaterThan(0)
    expect(body.entries[0].snippet).toContain('hail')
    expect((await get('/api/memory/search?q=hail&to=2026-11-10')).body.entries).toEqual([])
    expect((await get('/api/memory/search?q=&workflow=claims')).body.entries).toHaveLength(2)
  })

  it.each([
    ['', 'q'],
    ['?q=x&kind=dream', 'kind.0'],
    ['?q=x&from=yesterday', 'from'],
    ['?q=x&k=0', 'k'],
    ['?q=x&k=many', 'k'],
    ['?q=x&colour=red', 'colour'],
    ['?q=x&q=y', 'q'],
    ['?q=x&workflow=%00', 'workflow'],
  ])('says what is wrong with %s', async (query, path) => {
    await start()
    const { status, body } = await get(`/api/memory/search${query}`)
    expect(status).toBe(400)
    expect(body.error).toMatchObject({ code: 'bad_query', path })
  })

  it('asks for a key with the scope read', async () => {
    await start()
    for (const url of ['/api/memory/search?q=x', '/api/audit/verify', '/mcp']) {
      expect((await get(url, '')).status).toBe(401)
      expect((await get(url, 'Bearer sender')).status).toBe(403)
    }
  })

  it('verifies the audit chain, against a noted head too', async () => {
    await start()
    const { status, body } = await get('/api/audit/verify')
    expect(status).toBe(200)
    expect(body).toMatchObject({ length: 2, firstBreak: null })
    expect((await get(`/api/audit/verify?head=${body.head}`)).body).toEqual(body)
    expect((await get(`/api/audit/verify?head=${'a'.repeat(64)}`)).body.firstBreak.reason).toMatch(/expected head/)
    expect((await get('/api/audit/verify?head=short')).status).toBe(400)
  })

  it('finds precedents, for a situation, a segment or a work item', async () => {
    await start()
    const { status, body } = await get('/api/precedents?workflow=claims&situation=hail rider&k=2')
    expect(status).toBe(200)
    expect(body).toMatchObject({
      agreement: 'contradict',
      decisions: [
        { decision: 'approve', count: 1 },
        { decision: 'refer', count: 1 },
      ],
    })
    expect((await get('/api/precedents?workflow=claims&workItem=claim-7')).body.error.code).toBe('unknown_work_item')
    expect((await get('/api/precedents')).body.error.code).toBe('nothing_sought')
    expect((await get('/api/precedents?colour=red')).status).toBe(400)
    expect((await get('/api/precedents?situation=hail', 'Bearer sender')).status).toBe(403)
  })

  it('exports a whole decision trace with the links that prove it, and shows it as a page', async () => {
    await start()
    await app.register(
      pageRoutes({
        db: database().db,
        timeZone: 'UTC',
        clock: () => AT,
        requireScope: () => async () => {},
        retentionDays: 90,
      }),
    )
    const file = await app.inject({ url: '/api/work-items/claims/claim-1/export', headers: { authorization: READER } })
    expect(file.headers['content-disposition']).toBe('attachment; filename="claims-claim-1.decision-trace.json"')
    const trace = file.json()
    expect(trace).toMatchObject({
      format: 'docket.decision-trace.1',
      exportedAt: AT.toISOString(),
      workItem: { id: 'claim-1', overrides: [{ id: 'o-1', actor: 'Dana' }] },
      memory: [{ id: 'override:claims:o-1', knownUntil: null }],
      audit: { links: [{ position: 1, kind: 'override', subject: { workflow: 'claims', id: 'o-1' } }] },
    })
    // Whoever holds the file can make the hash again.
    const { workflow, id, overrides } = trace.workItem
    const { costUsd: _, ...override } = overrides[0]
    expect(contentHash({ ...override, workflow, workItemId: id })).toBe(trace.audit.links[0].contentHash)
    expect((await get('/api/work-items/claims/claim-1/export?knownAt=2026-11-10T10:00:00Z')).status).toBe(404)

    const page = await app.inject({ url: '/work-items/claims/claim-1' })
    expect(page.body).toContain(trace.audit.links[0].hash)
    const download = await app.inject({ url: '/work-items/claims/claim-1/export.json' })
    expect(download.json()).toEqual(trace)
  })

  it('records on a trace what its agent asked, in its story and in the decision trace, by traceparent or by name', async () => {
    await start()
    const traceId = 'abcdefabcdefabcdefabcdefabcdef01'
    await database()
      .db.insert(runFacts)
      .values(runFactWith({ traceId, workItemId: 'claim-5', startedAt: new Date('2026-11-20T08:59:00Z') }))
    const address = await app.listen({ port: 0, host: '127.0.0.1' })
    const client = new Client({ name: 'adjudicator', version: '1.0.0' })
    await client.connect(
      new StreamableHTTPClientTransport(new URL('/mcp', address), {
        requestInit: { headers: { authorization: READER, traceparent: `00-${traceId}-00f067aa0ba902b7-01` } },
      }),
    )
    await client.callTool({ name: 'find_precedents', arguments: { situation: 'hail rider for ann@example.com' } })
    await client.close()
    await get(`/api/memory/search?q=lapsed&traceId=${traceId}`)
    await get('/api/memory/search?q=lapsed')
    expect(reported).toEqual([])

    const { body } = await get('/api/work-items/claims/claim-5')
    expect(body.runs[0].consulted).toMatchObject([
      {
        tool: 'find_precedents',
        asked: { situation: expect.not.stringContaining('ann@example.com') },
        entries: [
          { id: 'override:claims:o-1', title: 'claim-1: deny → approve' },
          { id: 'override:claims:o-2', title: 'claim-2: deny → refer' },
        ],
        usedAt: '2026-11-20T09:00:00.000Z',
      },
      { tool: 'search_memory', entries: [{ id: 'override:claims:o-2' }] },
    ])
    const before = await get('/api/work-items/claims/claim-5?asOf=2026-11-20T08:59:30Z')
    expect(before.body.runs[0].consulted).toEqual([])
    await indexPending(database(), null)
    const told = await get('/api/memory/search?q=claim-5&kind=run')
    expect(told.body.entries[0].text).toContain(
      'Asked memory (find precedents) and was given override:claims:o-1, override:claims:o-2.',
    )
  })

  it('answers agents over the Model Context Protocol', async () => {
    await start()
    const address = await app.listen({ port: 0, host: '127.0.0.1' })
    const client = new Client({ name: 'test', version: '1.0.0' })
    await client.connect(
      new StreamableHTTPClientTransport(new URL('/mcp', address), {
        requestInit: { headers: { authorization: READER } },
      }),
    )
    const call = async (name: string, args: Record<string, unknown>) => {
      const result = await client.callTool({ name, arguments: args })
      const [content] = result.content as { type: string; text: string }[]
      return { isError: result.isError ?? false, text: content!.text }
    }
    try {
      const { tools } = await client.listTools()
      expect(tools.map((tool) => tool.name)).toEqual([
        'find_precedents',
        'search_memory',
        'get_work_item',
        'explain_change',
      ])
      expect(tools.every((tool) => tool.annotations?.readOnlyHint)).toBe(true)

      const precedents = JSON.parse(
        (await call('find_precedents', { workflow: 'claims', situation: 'hail rider' })).text,
      )
      expect(precedents.agreement).toBe('contradict')
      const found = await call('search_memory', { query: 'lapsed', limit: 1, asOf: '2026-11-30T00:00:00Z' })
      expect(JSON.parse(found.text).entries[0].id).toBe('override:claims:o-2')
      expect(found.text).toContain('**lapsed**')
      expect(JSON.parse((await call('get_work_item', { workflow: 'claims', workItemId: 'claim-1' })).text).id).toBe(
        'claim-1',
      )
      const period = { from: '2026-11-09', to: '2026-11-16' }
      await call('explain_change', { workflow: 'claims', period })
      expect(explained).toEqual([{ analysis: 'explain_change', workflow: 'claims', period }])

      const missing = await call('get_work_item', { workflow: 'claims', workItemId: 'claim-9' })
      expect(missing.isError).toBe(true)
      expect(missing.text).toContain('unknown_work_item')
      expect((await call('get_work_item', { workflow: 'claims', workItemId: 'claim-0' })).text).not.toContain('secret')
      expect(reported).toHaveLength(1)
      expect((await call('find_precedents', {})).text).toContain('nothing_sought')
      expect((await call('search_memory', { query: '' })).isError).toBe(true)
    } finally {
      await client.close()
    }
  })
})
