import { expect, it } from 'vitest'
import { explanationCaveats } from '../../../src/analysis/explain-change/explanation-caveats.ts'
import { makeItem, makeParameters } from '../economics/make-items.ts'

const reopened = makeItem({
  workItemId: 'claim-2',
  outcomes: [
    { status: 'resolved', occurredAt: new Date('2026-11-11T12:00:00Z') },
    { status: 'reopened', occurredAt: new Date('2026-11-12T12:00:00Z') },
  ],
})

it('says of a rate, and not of spend, how many items are open or were reopened since', () => {
  const caveats = (view: 'cohort' | 'spend') =>
    new Map(explanationCaveats([makeItem(), reopened], makeParameters(), view).map(({ id, value }) => [id, value]))
  expect(caveats('cohort').get('caveat.reopened_items')).toBe(1)
  expect(caveats('cohort').get('caveat.open_items')).toBe(1)
  expect([...caveats('spend').keys()]).not.toContain('caveat.reopened_items')
  expect(caveats('spend').get('caveat.priced_calls')).toBe(1)
})
