import fc from 'fast-check'
import { expect, it } from 'vitest'
import { findDimensions, segmentNames } from '../../../src/analysis/economics/find-dimensions.ts'

const items = Array.from({ length: 200 }, (_, index) => ({
  region: ['north', 'south', 'east', 'west'][index % 4]!,
  country: index % 4 < 2 ? 'US' : 'CA',
  area: `area-${index % 4}`,
  exceptionDocs: index % 3 === 0,
  tier: (index % 5) + 1,
  claimNumber: `C-${index}`,
  amount: 1000 + index,
  source: 'web',
  ...(index % 2 === 0 ? { referral: 'partner' } : {}),
}))

it('tells segments from what names items, says nothing, or says what another attribute says already', () => {
  const found = findDimensions(items)
  const roles = Object.fromEntries(found.map(({ name, role }) => [name, role]))
  expect(roles).toEqual({
    area: 'segment',
    country: 'segment',
    exceptionDocs: 'segment',
    referral: 'segment',
    tier: 'segment',
    region: 'same_as_another',
    amount: 'too_many_values',
    claimNumber: 'too_many_values',
    source: 'constant',
  })
  const of = (name: string) => found.find((one) => one.name === name)!
  expect(of('region')).toMatchObject({ sameAs: 'area', determinedBy: ['area'] })
  expect(of('country')).toMatchObject({ determinedBy: ['area', 'region'], sameAs: null, cardinality: 2, share: 1 })
  expect(of('exceptionDocs')).toMatchObject({ type: 'boolean', determinedBy: [], cardinality: 2 })
  expect(of('tier')).toMatchObject({ type: 'number', cardinality: 5 })
  expect(of('referral')).toMatchObject({ cardinality: 1, share: 0.5, values: [{ value: 'partner', items: 100 }] })
  expect(segmentNames(found)).toEqual(['area', 'country', 'exceptionDocs', 'referral', 'tier'])
})

it('does not depend on the order of the items', () => {
  fc.assert(
    fc.property(fc.shuffledSubarray(items, { minLength: items.length }), (shuffled) => {
      expect(findDimensions(shuffled)).toEqual(findDimensions(items))
    }),
    { numRuns: 20 },
  )
})

it('finds nothing in nothing', () => {
  expect(findDimensions([])).toEqual([])
})
