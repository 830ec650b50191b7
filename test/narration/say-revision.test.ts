import { expect, it } from 'vitest'
import type { Finding } from '../../src/domain/finding.ts'
import { sayRevision } from '../../src/narration/say-revision.ts'

const period = { from: '2026-11-09', to: '2026-11-16' }
const finding = (members: Partial<Finding> & { id: string }): Finding => ({
  ...{ kind: 'figure', label: members.id, value: null, unit: 'usd', period, source: 'test' },
  ...members,
})
const change = (value: number | null) => finding({ id: 'spend.change', label: 'Change of spend', value })
const verdict = (value: string) => finding({ id: 'verdict', kind: 'verdict', value, unit: 'none' })
const cause = (value: number, segment: Record<string, string>, driver: Finding['driver'] = 'attempts') =>
  finding({ id: 'cause.1', kind: 'cause', value, segment, ...(driver && { driver }) })

it.each([
  ['the same', [change(100), verdict('broad')], [change(100), verdict('broad')], []],
  ['a little more', [change(100)], [change(109)], []],
  ['much more', [change(100)], [change(150)], ['Change of spend is now $150, and was $100.']],
  ['known at last', [change(null)], [change(150)], ['Change of spend is now $150, and was unknown.']],
  [
    'another verdict, and a first cause',
    [verdict('data_incomplete')],
    [verdict('cause_found'), cause(80, { policyType: 'home' })],
    [
      'Now a cause is found; before, the data is incomplete.',
      'First cause now: more retries, policy type home ($80.00).',
    ],
  ],
  [
    'another cause',
    [cause(80, { policyType: 'home' })],
    [cause(90, { region: 'TX' }, 'tokens')],
    [
      'First cause now: longer contexts and outputs, region TX ($90.00); before: more retries, policy type home ($80.00).',
    ],
  ],
  [
    'the same cause, its attributes in another order',
    [cause(80, { a: '1', b: '2' })],
    [cause(95, { b: '2', a: '1' })],
    [],
  ],
  ['a cause that is gone is in the verdict', [cause(80, {})], [], []],
] as [string, Finding[], Finding[], string[]][])('says of %s what is new', (_what, before, after, said) => {
  expect(sayRevision(before, after)).toEqual(said)
})
