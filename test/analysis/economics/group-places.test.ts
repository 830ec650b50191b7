import fc from 'fast-check'
import { expect, it } from 'vitest'
import { groupPlaces } from '../../../src/analysis/economics/group-places.ts'

it('groups places as a map of lists does, in the order given or as they are', () => {
  const placesOf = fc.array(fc.integer({ min: -1, max: 4 }), { maxLength: 40 })
  fc.assert(
    fc.property(placesOf, fc.boolean(), (groups, isReversed) => {
      const places = [...groups.keys()]
      const order = isReversed ? places.toReversed() : places
      const expected = Map.groupBy(places, (place) => groups[place]!)
      expected.delete(-1)
      const grouped = groupPlaces(isReversed ? Uint32Array.from(order) : order.length, 5, (place) => groups[place]!)
      expect(grouped.map(({ group, places: own }) => [group, [...own]])).toEqual(
        [...expected].map(([group, own]) => [group, isReversed ? own.toReversed() : own]),
      )
    }),
  )
})
