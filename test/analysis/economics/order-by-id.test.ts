import fc from 'fast-check'
import { expect, it } from 'vitest'
import { orderById } from '../../../src/analysis/economics/order-by-id.ts'
import { packFacts } from '../../support/pack-facts.ts'
import { makeItem } from './make-items.ts'

const anyIds = fc.uniqueArray(
  fc.oneof(
    fc.integer({ min: 0, max: 500 }).map((number) => `claim-${number}`),
    fc.string({ unit: fc.constantFrom('a', 'b', 'c'), minLength: 1, maxLength: 14 }).map((text) => `claim-${text}`),
    fc.uuid(),
    fc.constantFrom('', 'claim-', 'claim-ä', 'claim-😀', 'claim-\uffff'),
  ),
  { maxLength: 40 },
)

it('orders places by the ids of items as a comparison of texts does, from rows and from packed days', () => {
  fc.assert(
    fc.property(anyIds, fc.boolean(), (ids, isPacked) => {
      const facts = ids.map((workItemId) => makeItem({ workItemId }))
      const items = isPacked ? packFacts(facts.slice(3), null, facts.slice(0, 3)) : facts
      const texts = Array.from(items, (item) => item.workItemId)
      const compared = [...texts.keys()].sort((a, b) => (texts[a]! < texts[b]! ? -1 : 1))
      expect([...orderById(items)]).toEqual(compared)
    }),
  )
})
