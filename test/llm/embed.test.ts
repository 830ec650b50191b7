import fc from 'fast-check'
import { afterEach, expect, it } from 'vitest'
import { createLocalEmbedder, embedLocally } from '../../src/llm/embed-locally.ts'
import { createRemoteEmbedder } from '../../src/llm/embed-remotely.ts'
import type { EmbeddingMeter } from '../../src/llm/embedder.ts'
import { type EmbeddingEndpoint, startEmbeddingEndpoint } from '../support/embedding-endpoint.ts'

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

it('weighs each word of a question by how rare it is', () => {
  const { embedByRarity } = createLocalEmbedder()
  const rarity = new Map(Object.entries({ roof: 1, hail: 5 }))
  const question = embedByRarity!('What of the hail on the ROOF?', rarity)!
  expect(Math.hypot(...question)).toBeCloseTo(1)
  const likeness = (text: string) => dot(question, embedLocally(text))
  expect(likeness('hail')).toBeGreaterThan(2 * likeness('roof'))
  expect(question).toEqual(embedByRarity!('hail roof', rarity))
  expect(likeness('what of the on')).toBeLessThan(0.15)
  expect(embedByRarity!('what of the', rarity)).toBeNull()
})

let endpoint: EmbeddingEndpoint | undefined
afterEach(() => endpoint?.close())

/** Answers each text with its length in the first place. */
const start = async (width = 3) => {
  endpoint?.close()
  endpoint = await startEmbeddingEndpoint({
    vectorOf: (text) => [text.length, ...new Array<number>(width - 1).fill(0.5)],
  })
  return endpoint
}
const busy = (times: number) =>
  Array.from({ length: times }, () => ({ status: 503, headers: { 'retry-after-ms': '1' } }))

it('asks a remote model in batches, keeps the order, and tries again where it is busy', async () => {
  const { url, calls, refusals } = await start()
  refusals.push(...busy(2))
  const embedder = createRemoteEmbedder({ model: 'm', dimensions: 3, apiKey: 'k', baseUrl: url, batchSize: 2 })
  const vectors = await embedder.embed(['a', 'bbbb', ''])
  expect(calls.slice(2).map(({ texts }) => texts)).toEqual([['a', 'bbbb'], [' ']])
  expect(vectors.map((vector) => Number((vector[0]! / vector[1]!).toFixed(6)))).toEqual([2, 8, 2])
  for (const vector of vectors) expect(Math.hypot(...vector)).toBeCloseTo(1)
})

it('says what is wrong where the model answers with another width, or not at all', async () => {
  const { url } = await start(5)
  const embedder = createRemoteEmbedder({ model: 'm', dimensions: 3, apiKey: 'k', baseUrl: url })
  await expect(embedder.embed(['a'])).rejects.toMatchObject({
    code: 'embedding_width',
    message: expect.stringContaining('5'),
  })
  const other = await start()
  other.refusals.push(...busy(100))
  const refused = createRemoteEmbedder({ model: 'm', dimensions: 3, apiKey: 'k', baseUrl: other.url })
  await expect(refused.embed(['a'])).rejects.toMatchObject({
    code: 'embedding_failed',
    nextStep: expect.stringContaining('EMBEDDING_MODEL'),
  })
})

it('takes no more tokens than the meter gives, and corrects what it took by what the endpoint says', async () => {
  const { url, calls } = await start()
  const said: [string, number][] = []
  const meter: EmbeddingMeter = {
    take: async (tokens, use) => {
      if (said.length > 1) throw new Error('none left')
      said.push([use, tokens])
      return { correct: async (used) => void said.push(['corrected', used]) }
    },
    pause: async (seconds) => void said.push(['pause', seconds]),
  }
  const embedder = createRemoteEmbedder({ model: 'm', dimensions: 3, apiKey: 'k', baseUrl: url, meter })
  await embedder.embed(['hail', 'ü'.repeat(30)], 'question')
  // Bytes by three, rounded up: 2 and 20. The endpoint counts nothing, so the estimate stands.
  expect(said).toEqual([['question', 22]])
  endpoint!.refusals.push({ status: 429, headers: { 'retry-after': '90' } })
  await expect(embedder.embed(['hail'])).rejects.toMatchObject({ code: 'embedding_failed' })
  expect(said.slice(1)).toEqual([
    ['entries', 2],
    ['corrected', 0],
    ['pause', 90],
  ])
  await expect(embedder.embed(['hail'])).rejects.toThrow('none left')
  expect(calls).toHaveLength(2)
})
