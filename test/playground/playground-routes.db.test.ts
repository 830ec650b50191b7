import { afterEach, beforeEach, expect, it } from 'vitest'
import { refuseForeignRequest } from '../../src/playground/check-origin.ts'
import { describeWithDatabase } from '../support/database.ts'
import { type PlaygroundServer, startPlaygroundServer } from '../support/playground-server.ts'

describeWithDatabase('playground routes', (database) => {
  let server: PlaygroundServer
  beforeEach(async () => {
    server = await startPlaygroundServer(database().db)
  })
  afterEach(() => server.close())
  const say = (
    headers: Record<string, string> = {},
    body: object = { user: 'U0DANA', channel: 'C0CLAIMS', text: 'hello', threadTs: null },
  ) =>
    fetch(`${server.url}/playground/say`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })

  it('serves the page and its modules with types stripped, and no other file', async () => {
    const page = await fetch(server.url)
    expect(page.headers.get('content-security-policy')).toContain("script-src 'self'")
    const module = await fetch(`${server.url}/playground/page/call.ts`)
    expect(module.headers.get('content-type')).toContain('text/javascript')
    expect(await module.text()).not.toContain(': string')
    expect((await fetch(`${server.url}/playground/page/preact.js`)).status).toBe(200)
    for (const path of ['..%2f..%2fpackage.json', 'tsconfig.json', 'nothing.ts', '%2e%2e/receiver.ts']) {
      expect((await fetch(`${server.url}/playground/page/${path}`)).status).toBe(404)
    }
  })

  it('refuses calls from other sites and bodies that it does not know', async () => {
    expect((await say()).status).toBe(200)
    expect((await say({ origin: 'https://evil.example' })).status).toBe(403)
    expect((await say({ 'sec-fetch-site': 'cross-site' })).status).toBe(403)
    expect((await say({ origin: server.url })).status).toBe(200)
    expect((await say({}, { user: 'U0DANA' })).status).toBe(400)
    expect((await say({}, { user: 'U0NOBODY', channel: 'C0CLAIMS', text: 'x', threadTs: null })).status).toBe(409)
  })

  it('keeps direct and ephemeral messages to their person', async () => {
    await say({}, { user: 'U0DANA', channel: 'D0DANA', text: 'only mine', threadTs: null })
    await say({}, { user: 'U0DANA', channel: 'C0CLAIMS', text: '/docket help', threadTs: null })
    await server.slack.idle()
    const stateOf = async (user: string) => (await fetch(`${server.url}/playground/state?user=${user}`)).text()
    expect(await stateOf('U0DANA')).toContain('only mine')
    expect(await stateOf('U0DANA')).toContain('opens a form')
    expect(await stateOf('U0SAM')).not.toContain('only mine')
    expect(await stateOf('U0SAM')).not.toContain('opens a form')
    expect((await say({}, { user: 'U0SAM', channel: 'D0DANA', text: 'let me in', threadTs: null })).status).toBe(409)
  })

  it('keeps its messages over a restart', async () => {
    await say()
    await server.close()
    server = await startPlaygroundServer(database().db)
    expect(await (await fetch(`${server.url}/playground/state`)).text()).toContain('hello')
  })
})

it('knows its own names only', () => {
  const local = { method: 'GET', address: '127.0.0.1', host: '127.0.0.1:3000' }
  const request = { ...local, origin: undefined, site: undefined }
  expect(refuseForeignRequest(request, [])).toBeNull()
  expect(refuseForeignRequest({ ...request, host: '[::1]:3000' }, [])).toBeNull()
  expect(refuseForeignRequest({ ...request, host: 'rebound.evil.example:3000' }, [])).toContain('loopback')
  expect(refuseForeignRequest({ ...request, host: 'docket.internal:3000' }, ['docket.internal'])).toBeNull()
  expect(refuseForeignRequest({ ...request, host: undefined }, [])).toContain('loopback')
  const fromElsewhere = { ...request, address: '192.168.1.7' }
  expect(refuseForeignRequest(fromElsewhere, [])).toContain('PLAYGROUND_HOST')
  expect(refuseForeignRequest({ ...fromElsewhere, host: 'docket.internal' }, ['docket.internal'])).toBeNull()
  expect(refuseForeignRequest({ ...fromElsewhere, host: '192.168.1.2:3000' }, ['0.0.0.0'])).toBeNull()
})
