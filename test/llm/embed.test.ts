import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import fc from 'fast-check'
import { afterEach, expect, it } from 'vitest'
import { createLocalEmbedder, embedLocally } from '../../src/llm/embed-locally.ts'
import { createRemoteEmbedder } from '../../src/llm/embed-remotely.ts'

const dot = (a: readonly number[], b: readonly number[]) => a.reduce((sum, value, index) => sum + value * b[index]!, 0)

it('gives vectors of length 1, the same for the same text', async () => {
  const { embed, dimensions, lexical } = createLocalEmbedder()
  expect(lexical).toBe(true)
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (text) => {
      const [first, second] = await embed([text, text])
      expect(first).toHaveLength(dimensions)
      expect(first).toEqual(second)
      const length = Math.hypot(...first!)
      expect(length === 0 || Math.abs(length - 1) < 1e-9).toBe(true)
    }),
    { numRuns: 40 },
  )
})

it('puts texts with like spelling nearer than others', () => {
  const [claim, slip, other] = ['retrieval of riders', 'retreival of rider', 'quarterly invoice export'].map(
    embedLocally,
  )
  expect(dot(claim!, slip!)).toBeGreaterThan(0.4)
  expect(dot(claim!, other!)).toBeLessThan(0.2)
})

let server: Server | undefined
afterEach(() => server?.close())

/** An endpoint as OpenAI's: answers each text with its length in the first place, `fails` times with 503 first. */
async function startEndpoint(options: { fails?: number; width?: number }): Promise<{ url: string; calls: string[][] }> {
  const calls: string[][] = []
  let failures = options.fails ?? 0
  server = createServer(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    const { input } = JSON.parse(body) as { input: string[] }
    response.setHeader('content-type', 'application/json')
    if (failures-- > 0) {
      response.writeHead(503, { 'retry-after-ms': '1' }).end('{"error":{"message":"busy"}}')
      return
    }
    calls.push(input)
    const vector = (text: string) => [text.length, ...new Array<number>((options.width ?? 3) - 1).fill(0.5)]
    const data = input.map((text, index) => ({ object: 'embedding', index, embedding: vector(text) })).reverse()
    response.end(JSON.stringify({ object: 'list', model: 'm', data, usage: { prompt_tokens: 0, total_tokens: 0 } }))
  })
  await new Promise<void>((resolve) => server!.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`, calls }
}

it('asks a remote model in batches, keeps the order, and tries again where it is busy', async () => {
  const { url, calls } = await startEndpoint({ fails: 2 })
  const embedder = createRemoteEmbedder({ model: 'm', dimensions: 3, apiKey: 'k', baseUrl: url, batchSize: 2 })
  const vectors = await embedder.embed(['a', 'bbbb', ''])
  expect(calls).toEqual([['a', 'bbbb'], [' ']])
  expect(vectors.map((vector) => Number((vector[0]! / vector[1]!).toFixed(6)))).toEqual([2, 8, 2])
  for (const vector of vectors) expect(Math.hypot(...vector)).toBeCloseTo(1)
})

it('says what is wrong where the model answers with another width, or not at all', async () => {
  const { url } = await startEndpoint({ width: 5 })
  const embedder = createRemoteEmbedder({ model: 'm', dimensions: 3, apiKey: 'k', baseUrl: url })
  await expect(embedder.embed(['a'])).rejects.toMatchObject({
    code: 'embedding_width',
    message: expect.stringContaining('5'),
  })
  await startEndpoint({ fails: 100 })
  const { port } = server!.address() as AddressInfo
  const busy = createRemoteEmbedder({ model: 'm', dimensions: 3, apiKey: 'k', baseUrl: `http://127.0.0.1:${port}/v1` })
  await expect(busy.embed(['a'])).rejects.toMatchObject({
    code: 'embedding_failed',
    nextStep: expect.stringContaining('EMBEDDING_MODEL'),
  })
})
