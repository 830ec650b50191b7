import { createHmac } from 'node:crypto'
import Fastify from 'fastify'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createPlayground, type Playground } from '../../src/playground/create-playground.ts'
import { createSlackApp, type SlackApp } from '../../src/slack/create-slack-app.ts'
import { slackEventRoutes } from '../../src/slack/slack-event-routes.ts'
import { describeWithDatabase } from '../support/database.ts'
import { smallServices } from '../support/slack-harness.ts'

const SECRET = 'signing-secret-for-tests'
const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

describeWithDatabase('Slack by HTTP', (database) => {
  const server = { current: Fastify() }
  let slack: SlackApp
  let playground: Playground
  beforeEach(async () => {
    playground = createPlayground({ db: database().db, clock: () => new Date(), onFault: () => {} })
    slack = createSlackApp({
      db: database().db,
      services: smallServices(database().db),
      clock: () => new Date(),
      baseUrl: 'http://127.0.0.1:3000',
      timeZone: 'UTC',
      log: silent,
      transport: { kind: 'http', botToken: 'xoxb-test', signingSecret: SECRET, fetch: playground.fetch },
    })
    server.current = Fastify()
    await server.current.register(slackEventRoutes(slack.httpReceiver!))
    server.current.post('/other', async (request) => request.body)
    await server.current.listen({ host: '127.0.0.1', port: 0 })
  })
  afterEach(() => server.current.close())

  const send = async (body: string, options: { secret?: string; age?: number; type?: string } = {}) => {
    const timestamp = Math.floor(Date.now() / 1000) - (options.age ?? 0)
    const signature = createHmac('sha256', options.secret ?? SECRET)
      .update(`v0:${timestamp}:${body}`)
      .digest('hex')
    return fetch(`${server.current.listeningOrigin}/slack/events`, {
      method: 'POST',
      headers: {
        'content-type': options.type ?? 'application/json',
        'x-slack-request-timestamp': String(timestamp),
        'x-slack-signature': `v0=${signature}`,
      },
      body,
    })
  }
  const challenge = JSON.stringify({ type: 'url_verification', challenge: 'abc' })

  it('answers a signed request and leaves other routes their own bodies', async () => {
    const response = await send(challenge)
    expect(response.status).toBe(200)
    expect(await response.json()).toEqual({ challenge: 'abc' })
    const other = await fetch(`${server.current.listeningOrigin}/other`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: '{"a":1}',
    })
    expect(await other.json()).toEqual({ a: 1 })
  })

  it('refuses a wrong signature, an old one, and none', async () => {
    expect((await send(challenge, { secret: 'another' })).status).toBe(401)
    expect((await send(challenge, { age: 600 })).status).toBe(401)
    const unsigned = await fetch(`${server.current.listeningOrigin}/slack/events`, { method: 'POST', body: challenge })
    expect(unsigned.status).toBe(401)
  })

  it('answers a signed mention, once for all its deliveries', async () => {
    const asked = await playground.context.store.add({
      channel: 'C0CLAIMS',
      threadTs: null,
      user: 'U0DANA',
      ephemeralTo: null,
      message: { text: 'why?' },
    })
    const event = {
      type: 'app_mention',
      user: 'U0DANA',
      text: '<@U0DOCKET> why did claims cost spike?',
      ts: asked.ts,
      channel: 'C0CLAIMS',
    }
    const body = JSON.stringify({
      type: 'event_callback',
      team_id: 'T1',
      event_id: 'Ev42',
      event,
      authorizations: [{ team_id: 'T1' }],
    })
    const responses = await Promise.all([send(body), send(body)])
    expect(responses.map((response) => response.status)).toEqual([200, 200])
    await expect.poll(async () => (await playground.context.store.list()).length).toBe(2)
    await slack.idle()
    expect((await playground.context.store.list()).at(-1)).toMatchObject({ user: 'U0DOCKET', threadTs: asked.ts })
  })

  it('builds the same app for Socket Mode without reaching out', () => {
    const transport = { kind: 'socket' as const, botToken: 'xoxb-test', appToken: 'xapp-test' }
    const options = {
      db: database().db,
      services: smallServices(database().db),
      clock: () => new Date(),
      baseUrl: '',
      timeZone: 'UTC',
      log: silent,
    }
    expect(createSlackApp({ ...options, transport }).httpReceiver).toBeNull()
  })

  it('takes Slack’s form-encoded bodies', async () => {
    const response = await send('ssl_check=1&token=x', { type: 'application/x-www-form-urlencoded' })
    expect(response.status).toBe(200)
  })
})
