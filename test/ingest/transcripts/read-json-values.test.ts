import fc from 'fast-check'
import { expect, it } from 'vitest'
import { type JsonText, readJsonValues } from '../../../src/ingest/transcripts/read-json-values.ts'

async function read(text: string, cuts: number[] = []): Promise<JsonText[]> {
  async function* chunks() {
    const places = [0, ...cuts.map((cut) => cut % (text.length + 1)).sort((a, b) => a - b), text.length]
    for (let index = 1; index < places.length; index++) yield text.slice(places[index - 1], places[index])
  }
  return Array.fromAsync(readJsonValues(chunks()))
}

const objects = fc.array(fc.dictionary(fc.string(), fc.jsonValue(), { maxKeys: 4 }), { maxLength: 6 })
const writings: ((values: unknown[]) => string)[] = [
  (values) => JSON.stringify(values),
  (values) => JSON.stringify(values, null, 2),
  (values) => values.map((value) => JSON.stringify(value)).join('\n'),
  (values) => `\uFEFF${values.map((value) => JSON.stringify(value, null, 1)).join('\r\n\r\n')}\n`,
]

it('finds every object of an array, of lines, and of a sequence, wherever the chunks end', async () => {
  await fc.assert(
    fc.asyncProperty(
      objects,
      fc.constantFrom(...writings),
      fc.array(fc.nat(), { maxLength: 5 }),
      async (values, write, cuts) => {
        const found = await read(write(values), cuts)
        expect(found.map((value) => ('text' in value ? JSON.parse(value.text) : value))).toEqual(
          JSON.parse(JSON.stringify(values)),
        )
        expect(found.map((value) => value.index)).toEqual(values.map((_, index) => index))
      },
    ),
  )
})

it('names what is no object, once a line, and goes on', async () => {
  expect(await read('nonsense here\n{"a":1}\n7 8\n{"b":{"c":')).toEqual([
    { index: 0, unreadable: expect.stringContaining('nonsense here') },
    { index: 1, text: '{"a":1}' },
    { index: 2, unreadable: expect.stringContaining('7 8') },
    { index: 3, unreadable: expect.stringContaining('ends inside') },
  ])
})
