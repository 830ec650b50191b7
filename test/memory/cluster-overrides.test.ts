import fc from 'fast-check'
import { expect, it } from 'vitest'
import { clusterOverrides } from '../../src/memory/cluster-overrides.ts'
import { overrideWith } from '../support/memory-sources.ts'

const inContext = (
  id: string,
  members: Parameters<typeof overrideWith>[0] | object,
  attributes: Record<string, unknown> = {},
) => ({
  ...overrideWith({ ...members, id }),
  attributes,
})

const overrides = [
  inContext('a', {}, { policyType: 'home', region: 'TX' }),
  inContext('b', { reason: 'the hail rider applies here' }, { policyType: 'home', region: 'CA' }),
  inContext('c', { rule: null, reason: 'hail rider applies' }, { policyType: 'home' }),
  inContext('d', { humanDecision: 'refer', rule: null, reason: 'too large for us' }),
  inContext('e', { agentDecision: 'Deny ', reason: 'another matter', rule: 'hr-12' }, { policyType: 'home' }),
  inContext('f', { workflow: 'tickets' }),
]

it('puts like corrections together: by rule, and without a rule by reason', () => {
  const clusters = clusterOverrides(overrides, 2)
  expect(clusters).toHaveLength(1)
  expect(clusters[0]).toMatchObject({
    workflow: 'claims',
    rule: 'HR-12',
    segment: { policyType: 'home' },
    reason: 'hail rider applies',
  })
  expect(clusters[0]!.overrides.map((override) => override.id)).toEqual(['a', 'b', 'c', 'e'])
})

it('keeps every override in one cluster, the larger first', () => {
  const clusters = clusterOverrides(overrides, 1)
  expect(clusters.map((cluster) => cluster.overrides.length)).toEqual([4, 1, 1])
  expect(clusters.flatMap((cluster) => cluster.overrides.map((override) => override.id)).sort()).toEqual([...'abcdef'])
})

it('makes the same clusters whatever the order', () => {
  const expected = clusterOverrides(overrides, 1)
  fc.assert(
    fc.property(fc.shuffledSubarray(overrides, { minLength: overrides.length }), (shuffled) => {
      expect(clusterOverrides(shuffled, 1)).toEqual(expected)
    }),
  )
})
