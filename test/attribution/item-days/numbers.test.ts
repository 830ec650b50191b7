import { array, assert, integer, property, tuple } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { evenStarts, startsOf } from '../../../src/attribution/item-days/numbers.ts'

describe('evenStarts', () => {
  it('are the starts of as many parts each, whichever were asked for before', () => {
    const asked = tuple(integer({ min: 0, max: 70 }), integer({ min: 0, max: 9000 }))
    assert(
      property(array(asked, { maxLength: 6 }), (questions) => {
        const answers = questions.map(([parts, owners]) => evenStarts(parts, owners))
        for (const [index, [parts, owners]] of questions.entries()) {
          expect([...answers[index]!]).toEqual([...startsOf(new Uint8Array(owners).fill(parts))])
        }
      }),
      { numRuns: 30 },
    )
  })
})
