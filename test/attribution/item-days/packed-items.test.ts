import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { WorkItemFact } from '../../../src/domain/facts.ts'
import { arbitraryItems } from '../../analysis/economics/arbitrary-items.ts'
import { packFacts } from '../../support/pack-facts.ts'

const keyOf = (item: WorkItemFact | undefined) => item && `${item.workflow} ${item.workItemId}`

describe('a list of rows of packed days with facts between them', () => {
  it('is read and filtered as an array of the same items is', () => {
    fc.assert(
      fc.property(arbitraryItems, fc.integer({ min: 1, max: 5 }), (items, step) => {
        const [packed, loose] = [items.filter((_, at) => at % step > 0), items.filter((_, at) => at % step === 0)]
        const list = packFacts(packed, null, loose)
        const array = [...list]
        expect(array.map(keyOf).sort()).toEqual(items.map(keyOf).sort())
        expect(list.length).toBe(array.length)
        for (const place of [...array.keys(), -1, array.length])
          expect(keyOf(list.at(place))).toBe(keyOf(array.at(place)))
        const isResolved = (item: WorkItemFact) => item.status === 'resolved'
        expect(Array.from(list.filter(isResolved), keyOf)).toEqual(array.filter(isResolved).map(keyOf))
        expect(list.some(isResolved)).toBe(array.some(isResolved))
        expect(list.every(isResolved)).toBe(array.every(isResolved))
      }),
      { numRuns: 50 },
    )
  })
})
