import fc from 'fast-check'
import { expect, it } from 'vitest'
import { editDistance } from '../../src/domain/edit-distance.ts'
import { correctSpelling } from '../../src/memory/correct-spelling.ts'

it.each([
  ['claim', 'claim', 0],
  ['cliam', 'claim', 1],
  ['clam', 'claim', 1],
  ['claimm', 'claim', 1],
  ['retreival', 'retrieval', 1],
  ['kitten', 'sitting', 3],
])('%s is %s with %i slips', (from, to, slips) => expect(editDistance(from, to)).toBe(slips))

it('counts the same in both directions, and none only for equal words', () => {
  const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 8 })
  fc.assert(
    fc.property(word, word, (a, b) => {
      expect(editDistance(a, b)).toBe(editDistance(b, a))
      expect(editDistance(a, b) === 0).toBe(a === b)
      expect(editDistance(a, b)).toBeLessThanOrEqual(Math.max(a.length, b.length))
    }),
  )
})

it('offers the nearest words first, and nothing too far', () => {
  const vocabulary = ['claim', 'clam', 'calm', 'blame'].map((term, index) => ({ term, entries: index + 1 }))
  expect(correctSpelling('cliam', vocabulary).map((word) => word.term)).toEqual(['clam', 'claim'])
})
