import fc from 'fast-check'
import { expect, it } from 'vitest'
import { HIGHLIGHT } from '../../src/domain/memory-entry.ts'
import { makeSnippet, wordsOf } from '../../src/memory/make-snippet.ts'

const { start, end } = HIGHLIGHT
const plain = (snippet: string) => snippet.replaceAll(start, '').replaceAll(end, '')

it('marks the matching words and leaves the rest as it is', () => {
  expect(makeSnippet('The hail rider applies.', new Set(['hail', 'applies']))).toBe(
    `The ${start}hail${end} rider ${start}applies${end}.`,
  )
})

it('shows the part of a long text that has most of the words', () => {
  const filler = 'nothing of note here '.repeat(40)
  const text = `hail once. ${filler}the hail rider was ignored. ${filler}`
  const snippet = makeSnippet(text, new Set(['hail', 'rider', 'ignored']))
  expect(plain(snippet)).toContain('the hail rider was ignored')
  expect(snippet.startsWith('… ')).toBe(true)
  expect(snippet.endsWith(' …')).toBe(true)
  expect(plain(snippet).length).toBeLessThan(300)
})

it('cannot be made to mark what did not match', () => {
  expect(makeSnippet(`plain ${start}forged${end} text`, new Set(['text']))).toBe(`plain forged ${start}text${end}`)
})

it('marks in pairs, and only matching words, in any text', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme', maxLength: 900 }), fc.nat(), (text, pick) => {
      const words = wordsOf(text)
      const matching = new Set(words.filter((_, index) => index % 3 === pick % 3))
      const snippet = makeSnippet(text, matching)
      const marked = [...snippet.matchAll(new RegExp(`${start}([^${start}${end}]*)${end}`, 'g'))].map(
        (match) => match[1]!,
      )
      expect(snippet.split(start).length - 1).toBe(marked.length)
      expect(snippet.split(end).length - 1).toBe(marked.length)
      for (const word of marked) expect(matching.has(word.normalize('NFKC').toLowerCase())).toBe(true)
    }),
  )
})
