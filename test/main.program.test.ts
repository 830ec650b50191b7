import { mkdtemp, rm } from 'node:fs/promises'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { copyDataDirectory } from './support/copy-data-directory.ts'
import { runToEnd, type StartedDocket, startDocket } from './support/start-docket.ts'

const HOUR = 3_600_000
const hoursAgo = (hours: number) => new Date(Date.now() - hours * HOUR).toISOString()

const STARTED = hoursAgo(30)
const CLOSED = hoursAgo(29)

/** A run of one call: 10,000 tokens in and 1,000 out on gpt-4.1 cost 2¢ and 0.8¢. */
const trace = (index: number) => ({
  traceId: `trace-${index}`,
  workflow: 'claims',
  workItem: { id: `claim-${index}`, attributes: { policyType: index % 2 === 0 ? 'home' : 'auto' } },
  startedAt: STARTED,
  steps: [{ kind: 'llm', name: 'assess', model: 'gpt-4.1', usage: { inputTokens: 10_000, outputTokens: 1_000 } }],
  outcome: { status: 'resolved', occurredAt: CLOSED },
})

describe('a fresh start', () => {
  let docket: StartedDocket
  beforeAll(async () => {
    docket = await startDocket({ arguments: ['--empty'] })
  })
  afterAll(() => docket?.remove())

  it('says where it is, gives a key, and says what to try', () => {
    expect(docket.printed()).toContain(docket.key)
    expect(docket.printed()).toContain('POST')
    expect(docket.key).toMatch(/^docket_\S{20,}$/)
  })

  it('is alive and ready, and shows metrics', async () => {
    expect(await docket.call('GET', '/healthz')).toEqual({ status: 'alive' })
    expect(await docket.call('GET', '/readyz')).toEqual({
      status: 'ready',
      database: 'ok',
      queue: 'ok',
      records: expect.stringContaining('append-only by triggers'),
    })
    expect(await (await fetch(`${docket.url}/metrics`)).text()).toContain('docket_http_request_duration_seconds')
  })

  it('wants a key with the right scope', async () => {
    const ask = (headers: Record<string, string>) =>
      fetch(`${docket.url}/api/ask`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', ...headers },
        body: '{"question":"what did we spend?"}',
      })
    expect((await ask({})).status).toBe(401)
    const { key } = await docket.call<{ key: string }>('POST', '/api/keys', { name: 'agent', scopes: ['ingest'] })
    expect((await ask({ authorization: `Bearer ${key}` })).status).toBe(403)
    const basic = Buffer.from(`anybody:${docket.key}`).toString('base64')
    expect((await ask({ authorization: `Basic ${basic}` })).status).toBe(200)
  })

  it('answers on what was posted a moment ago, with figures that can be worked out by hand', async () => {
    const receipt = await docket.call('POST', '/webhooks/traces', [trace(1), trace(2), { workflow: 'claims' }])
    expect(receipt).toMatchObject({ accepted: 2, duplicates: 0, rejected: [{ index: 2, path: 'startedAt' }] })
    const answer = await docket.call<Answer>('POST', '/api/ask', {
      question: 'what does a resolved claim cost in the last 7 days?',
      asOf: new Date().toISOString(),
    })
    expect(answer.narratedBy).toBe('template')
    expect(answer.plan).toMatchObject({ analysis: 'cost_per_resolved', workflow: 'claims' })
    // Two claims of one call each: 10,000 × $2 / million + 1,000 × $8 / million.
    expect(answer.findings.find((finding) => finding.id === 'cost_per_resolved')?.value).toBe(0.028)
    expect(answer.text).toContain('$0.028')
    expect(answer.blocks.length).toBeGreaterThan(0)
  })

  it('shows a work item as JSON and as a page', async () => {
    const item = await docket.call<{ cost: { totalUsd: number }; runs: unknown[] }>(
      'GET',
      '/api/work-items/claims/claim-1',
    )
    expect(item.cost.totalUsd).toBe(0.028)
    expect(item.runs).toHaveLength(1)
    const page = await (await fetch(`${docket.url}/work-items/claims/claim-1`)).text()
    expect(page).toContain('assess')
    expect((await fetch(`${docket.url}/work-items/claims/claim-0`)).status).toBe(404)
  })

  it('records an override, finds it again, and proves the chain', async () => {
    const override = {
      workflow: 'claims',
      workItemId: 'claim-2',
      agentDecision: 'deny',
      humanDecision: 'approve',
      reason: 'The hail rider covers the roof of the conservatory',
      rule: 'HR-12',
      actor: 'dana',
      minutes: 12,
      occurredAt: hoursAgo(2),
    }
    expect(await docket.call('POST', '/webhooks/overrides', override)).toMatchObject({ accepted: 1 })
    const found = await docket.call('GET', '/api/memory/search?q=conservatory+roof')
    expect(JSON.stringify(found)).toContain('HR-12')
    expect(await docket.call('GET', '/api/audit/verify')).toMatchObject({ length: 1, firstBreak: null })
  })

  it('keeps everything that it acknowledged when it is killed, and counts it once', async () => {
    const sent: number[] = []
    for (let index = 100; index < 160; index++) {
      const sending = docket.call('POST', '/webhooks/traces', trace(index)).then(() => sent.push(index))
      if (index === 159) await Promise.race([sending.catch(() => {}), docket.stop('SIGKILL')])
      else await sending
    }
    await docket.stop('SIGKILL')
    const again = await startDocket({ dataDirectory: docket.dataDirectory, arguments: ['--empty'] })
    try {
      expect(again.printed()).not.toContain('Key with every scope')
      for (const index of sent) {
        const item = await settled(() =>
          again.call<{ cost: { totalUsd: number } }>('GET', `/api/work-items/claims/claim-${index}`),
        )
        expect(item.cost.totalUsd).toBe(0.028)
      }
      expect(await again.call('POST', '/webhooks/traces', sent.map(trace))).toMatchObject({ accepted: 0 })
    } finally {
      await again.stop()
    }
  })
})

describe('what keeps it from starting is said in one clear message', () => {
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'docket-refused-'))
  })
  afterAll(() => rm(folder, { recursive: true, force: true }))
  const start = (environment: Record<string, string>) =>
    runToEnd(['src/start.js', '--empty'], { PORT: '0', DOCKET_DATA_DIR: folder, ...environment })

  it('bad settings', async () => {
    const { code, printed } = await start({ PORT: 'eighty', TIMEZONE: 'Mars/Olympus' })
    expect(code).toBe(1)
    expect(printed).toContain('PORT: ')
    expect(printed).toContain('TIMEZONE: expected an IANA time zone')
    expect(printed).not.toContain('    at ')
  })

  it('a taken port', async () => {
    const holder = createServer()
    await new Promise<void>((done) => holder.listen(0, '127.0.0.1', done))
    const port = (holder.address() as { port: number }).port
    const { code, printed } = await start({ PORT: String(port) })
    holder.close()
    expect(code).toBe(1)
    expect(printed).toContain(`Port ${port} on 127.0.0.1 is taken`)
    expect(printed).toContain(`PORT=${port + 1} npm start`)
  })

  it('an unreachable database', async () => {
    const { code, printed } = await start({ DATABASE_URL: 'postgres://docket:secret@127.0.0.1:1/docket' })
    expect(code).toBe(1)
    expect(printed).toContain('Cannot reach the database')
    expect(printed).toContain('DATABASE_URL')
    expect(printed).not.toContain('secret')
  })

  it('a locked data folder, which its commands go through', async () => {
    const holder = await startDocket({ arguments: ['--empty'], dataDirectory: await copyDataDirectory() })
    try {
      const second = await start({ DOCKET_DATA_DIR: holder.dataDirectory })
      expect(second.code).toBe(1)
      expect(second.printed).toContain('is in use by another Docket (process ')
      const made = await runToEnd(['src/cli.ts', 'keys', 'create', '--scope', 'read', '--name', 'report'], {
        DOCKET_DATA_DIR: holder.dataDirectory,
      })
      expect(made.printed.trim()).toMatch(/^docket_\S+$/)
      const listed = await runToEnd(['src/cli.ts', 'keys', 'list'], { DOCKET_DATA_DIR: holder.dataDirectory })
      expect(listed.printed).toContain('report')
    } finally {
      await holder.remove()
    }
  })
})

interface Answer {
  text: string
  plan: object
  findings: { id: string; value: unknown }[]
  blocks: object[]
  narratedBy: string
}

/** Facts follow an acknowledgement by some moments. */
async function settled<Result>(read: () => Promise<Result>): Promise<Result> {
  for (let tries = 0; ; tries++) {
    try {
      return await read()
    } catch (error) {
      if (tries === 100) throw error
      await new Promise((done) => setTimeout(done, 100))
    }
  }
}
