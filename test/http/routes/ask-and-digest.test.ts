import type { FastifyInstance } from 'fastify'
import { beforeEach, describe, expect, it } from 'vitest'
import type { Answer, AskRequest } from '../../../src/domain/answer.ts'
import { createRequireScope } from '../../../src/http/authenticate.ts'
import { askRoutes } from '../../../src/http/routes/ask.ts'
import { digestRoutes } from '../../../src/http/routes/digest.ts'
import { createServer } from '../../../src/http/server.ts'

const answer: Answer = {
  text: 'It did not.',
  plan: { analysis: 'help' },
  findings: [],
  citations: [],
  blocks: [],
  narratedBy: 'template',
  followUps: [],
}
const KEYS = { reader: ['read'], sender: ['ingest'] } as const

let app: FastifyInstance
let asked: AskRequest[]
let weeks: string[]

beforeEach(async () => {
  asked = []
  weeks = []
  app = createServer({ logger: { error: () => {} }, onAnswered: () => {} })
  const requireScope = createRequireScope(async (key) =>
    key in KEYS ? { id: key, name: key, scopes: KEYS[key as keyof typeof KEYS] } : null,
  )
  await app.register(
    askRoutes({
      requireScope,
      ask: async (request) => {
        asked.push(request)
        return answer
      },
    }),
  )
  await app.register(
    digestRoutes({
      requireScope,
      clock: () => new Date('2026-11-16T03:00:00Z'),
      timeZone: 'America/New_York',
      compose: async (week) => {
        weeks.push(week)
        return { week, text: 'Week.', findings: [], blocks: [], citations: [] }
      },
      deliver: async (week, channel) => ({ outcome: 'posted', week, channel: channel ?? 'C1', messageTs: '1.2' }),
    }),
  )
})

const call = (method: 'GET' | 'POST', url: string, body?: unknown, key = 'reader') =>
  app.inject({
    method,
    url,
    headers: { authorization: `Bearer ${key}` },
    ...(body === undefined ? {} : { payload: body as object }),
  })

describe('POST /api/ask', () => {
  it('reads the standpoint and answers', async () => {
    const response = await call('POST', '/api/ask', {
      question: ' why? ',
      asOf: '2026-11-17T09:00:00+01:00',
      knownAt: null,
      timezone: 'Europe/Berlin',
      threadId: 't',
    })
    expect(response.statusCode).toBe(200)
    expect(response.json()).toEqual(answer)
    expect(asked[0]).toEqual({
      question: 'why?',
      asOf: new Date('2026-11-17T08:00:00Z'),
      knownAt: null,
      timezone: 'Europe/Berlin',
      threadId: 't',
    })
  })

  it.each([
    ['no question', {}, 'question'],
    ['an empty question', { question: '  ' }, 'question'],
    ['a question without end', { question: 'x'.repeat(4001) }, 'question'],
    ['a time without zone', { question: 'why?', asOf: '2026-11-17T09:00:00' }, 'asOf'],
    ['no time at all', { question: 'why?', knownAt: 'yesterday' }, 'knownAt'],
    ['an unknown zone', { question: 'why?', timezone: 'Mars/Olympus' }, 'timezone'],
    ['an unknown field', { question: 'why?', asof: '2026-11-17T09:00:00Z' }, undefined],
  ])('refuses %s by name', async (_what, body, path) => {
    const response = await call('POST', '/api/ask', body)
    expect(response.statusCode).toBe(400)
    const { error } = response.json()
    if (path) expect(error.path).toBe(path)
    expect(error.message).not.toBe('')
    expect(asked).toEqual([])
  })

  it('takes characters out that no database takes', async () => {
    await call('POST', '/api/ask', { question: 'why\u0000 did \ud800claims spike?', threadId: 'a\u0000b' })
    expect(asked[0]).toEqual({ question: 'why  did \ufffdclaims spike?', threadId: 'a b' })
  })

  it('needs a key with the read scope', async () => {
    expect((await call('POST', '/api/ask', { question: 'why?' }, 'sender')).statusCode).toBe(403)
    expect((await app.inject({ method: 'POST', url: '/api/ask', payload: { question: 'why?' } })).statusCode).toBe(401)
  })
})

describe('the digest', () => {
  it('is of the last whole week in the zone of the workspace, or of the week of any day', async () => {
    expect((await call('GET', '/api/digest')).json().week).toBe('2026-11-02')
    expect((await call('GET', '/api/digest?week=2026-11-12')).json().week).toBe('2026-11-09')
    expect(weeks).toEqual(['2026-11-02', '2026-11-09'])
  })

  it('is posted on demand', async () => {
    expect((await call('POST', '/api/digest')).json()).toMatchObject({
      outcome: 'posted',
      week: '2026-11-02',
      channel: 'C1',
    })
    expect((await call('POST', '/api/digest', { week: '2026-11-11', channel: 'C2' })).json()).toMatchObject({
      week: '2026-11-09',
      channel: 'C2',
    })
  })

  it('refuses what is no day', async () => {
    const response = await call('GET', '/api/digest?week=2026-13-01')
    expect(response.statusCode).toBe(400)
    expect(response.json().error).toMatchObject({ path: 'week' })
  })
})

it('takes a call without a body for one that sends nothing, also where it names JSON', async () => {
  const headers = { authorization: 'Bearer reader', 'content-type': 'application/json' }
  const posted = await app.inject({ method: 'POST', url: '/api/digest', headers, payload: '' })
  expect(posted.statusCode).toBe(200)
  expect(posted.json()).toMatchObject({ outcome: 'posted', week: '2026-11-02' })
  const asked = await app.inject({ method: 'POST', url: '/api/ask', headers, payload: '' })
  expect(asked.statusCode).toBe(400)
  const broken = await app.inject({ method: 'POST', url: '/api/ask', headers, payload: '{"question":' })
  expect(broken.statusCode).toBe(400)
})
