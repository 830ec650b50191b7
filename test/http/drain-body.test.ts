import type { IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { PassThrough } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { drainBody } from '../../src/http/drain-body.ts'
import { HttpError } from '../../src/http/http-error.ts'
import { takeRawBodies } from '../../src/http/read-body.ts'
import { createServer } from '../../src/http/server.ts'

describe('a call that is refused before its body was read', () => {
  const app = createServer({ logger: { error: () => {} }, onAnswered: () => {} })
  let url = ''
  beforeAll(async () => {
    await app.register(async (routes) => {
      takeRawBodies(routes)
      routes.post('/size', async () => 'taken')
      const refuse = async () => {
        throw new HttpError(401, 'unknown_key', 'This key is not known.')
      }
      routes.post('/key', { onRequest: refuse }, async () => 'taken')
    })
    await app.listen({ port: 0, host: '127.0.0.1' })
    url = `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`
  })
  afterAll(() => app.close())

  const body = Buffer.alloc(48 * 1024 * 1024, 32)
  it.each([
    ['/size', 413],
    ['/key', 401],
  ])('%s is answered %i after all of it was sent', { timeout: 60_000 }, async (path, status) => {
    for (let call = 0; call < 5; call += 1) {
      const response = await fetch(url + path, {
        method: 'POST',
        body,
        headers: { 'content-type': 'application/json' },
      })
      expect(response.status).toBe(status)
      expect(await response.json()).toHaveProperty('error.code')
    }
  })

  it('waits for no more than its limit', async () => {
    const endless = Object.assign(new PassThrough(), { headers: { 'transfer-encoding': 'chunked' }, complete: false })
    const drained = drainBody(endless as unknown as IncomingMessage, { bytes: 1000, milliseconds: 60_000 })
    endless.write(Buffer.alloc(1001))
    await drained
    expect(endless.listenerCount('data')).toBe(0)
  })
})
