import { createHmac } from 'node:crypto'
import Fastify from 'fastify'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { createSlackApp, type SlackApp } from '../../src/slack/create-slack-app.ts'
import { slackEventRoutes } from '../../src/slack/slack-event-routes.ts'
import { describeWithDatabase } from '../support/database.ts'
import { smallServices } from '../support/slack-harness.ts'

const SECRET = 'signing-secret-for-tests'
const silent = { debug: () => {}, info: () => {}, warn: () => {}, error: () => {} }

describeWithDatabase('Slack by HTTP', (database) => {
  const server = { current: Fastify() }
  let slack: SlackApp
  beforeEach(async () => {
    slack = createSlackApp({
      db: database().db,
      services: smallServices(database().db),
      clock: () => new Date(),
      baseUrl: 'http://127.0.0.1:3000',
      log: silent,
      transport: { kind: 'http', botToken: 'xoxb-test', signingSecret: SECRET },
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

  it('takes Slack’s form-encoded bodies', async () => {
    const response = await send('ssl_check=1&token=x', { type: 'application/x-www-form-urlencoded' })
    expect(response.status).toBe(200)
  })
})
