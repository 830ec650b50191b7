import fc from 'fast-check'
import { expect, it } from 'vitest'
import { coverageOf } from '../../../src/analysis/economics/coverage-of.ts'
import { totalItems } from '../../../src/analysis/economics/item-totals.ts'
import { packFacts } from '../../support/pack-facts.ts'
import { arbitraryItems } from './arbitrary-items.ts'

it('says of items what their totals say, in rows of packed days or facts, whether the hourly rate is known or not', () => {
  fc.assert(
    fc.property(arbitraryItems, fc.constantFrom(48_000_000, null), (items, rateMicros) => {
      const [packed, loose] = [items.filter((_, index) => index % 3 > 0), items.filter((_, index) => index % 3 === 0)]
      const list = packFacts(packed, rateMicros, loose)
      expect(totalItems(list)).toMatchObject(coverageOf(list))
    }),
  )
})
