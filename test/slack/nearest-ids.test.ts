import { assert, property, stringMatching } from 'fast-check'
import { expect, it } from 'vitest'
import { editDistance } from '../../src/domain/edit-distance.ts'
import { nearestIds } from '../../src/slack/nearest-ids.ts'

const word = stringMatching(/^[ab1]{0,7}$/)
const candidate = (workItemId: string, day: string) => ({ workItemId, workflow: 'claims', lastAt: new Date(day) })

it('counts edits: none for the same word, the same in both directions, at most the longer length', () => {
  assert(
    property(word, word, (left, right) => {
      const edits = editDistance(left, right)
      expect(edits === 0).toBe(left === right)
      expect(edits).toBe(editDistance(right, left))
      expect(edits).toBeLessThanOrEqual(Math.max(left.length, right.length))
      expect(edits).toBeGreaterThanOrEqual(Math.abs(left.length - right.length))
    }),
  )
  expect(editDistance('claim-8814', 'claim-8841')).toBe(1)
  expect(editDistance('kitten', 'sitting')).toBe(3)
})

it('puts fewest edits first, then the most recent, and leaves out what is far', () => {
  const known = [
    candidate('claim-8114', '2026-10-09'),
    candidate('claim-8841', '2026-11-10'),
    candidate('invoice-1', '2026-11-11'),
  ]
  expect(nearestIds('CLAIM-8814', known).map((near) => near.workItemId)).toEqual(['claim-8841', 'claim-8114'])
})
