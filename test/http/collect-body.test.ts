import type { IncomingMessage } from 'node:http'
import { PassThrough } from 'node:stream'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { BodyTooLong, collectBody } from '../../src/http/collect-body.ts'

function payloadOf(headers: Record<string, string>) {
  const stream = Object.assign(new PassThrough(), { headers })
  return { stream, payload: stream as unknown as IncomingMessage }
}

it('is what was sent, in however many pieces, with its length stated or not', async () => {
  const pieces = fc.array(fc.uint8Array({ maxLength: 50_000 }), { maxLength: 6 })
  await fc.assert(
    fc.asyncProperty(pieces, fc.boolean(), async (sent, isStated) => {
      const whole = Buffer.concat(sent)
      const { stream, payload } = payloadOf(isStated ? { 'content-length': String(whole.length) } : {})
      const collected = collectBody(payload, 300_000)
      for (const piece of sent) stream.write(piece)
      stream.end()
      expect((await collected).equals(whole)).toBe(true)
    }),
  )
})

it('is refused at once where it is said to be too long, and at the first byte too many where it is not', async () => {
  const stated = payloadOf({ 'content-length': '1001' })
  await expect(collectBody(stated.payload, 1000)).rejects.toThrow(BodyTooLong)
  expect(stated.stream.listenerCount('data')).toBe(0)

  const { stream, payload } = payloadOf({})
  const collected = collectBody(payload, 1000)
  stream.write(Buffer.alloc(1000))
  stream.write(Buffer.alloc(1))
  await expect(collected).rejects.toThrow(BodyTooLong)
  expect(stream.listenerCount('data')).toBe(0)
})

it('fails as the stream does where the sender breaks off', async () => {
  const { stream, payload } = payloadOf({ 'content-length': '10' })
  const collected = collectBody(payload, 1000)
  stream.destroy(new Error('aborted'))
  await expect(collected).rejects.toThrow('aborted')
})
