import fc from 'fast-check'
import { expect, it } from 'vitest'
import { contentHash, entryHash, GENESIS } from '../../src/domain/audit-chain.ts'

const at = new Date('2026-11-16T09:00:00Z')
const subject = { workflow: 'claims', id: 'o-1' }

it('hashes content whatever the order of its keys', () => {
  fc.assert(
    fc.property(fc.dictionary(fc.string(), fc.jsonValue()), (content) => {
      const reversed = Object.fromEntries(Object.entries(content).reverse())
      expect(contentHash(reversed)).toBe(contentHash(content))
    }),
  )
})

it('makes another hash when any member of a link differs', () => {
  const base = entryHash(GENESIS, 1, 'override', subject, contentHash({ a: 1 }), at)
  const others = [
    entryHash(contentHash({}), 1, 'override', subject, contentHash({ a: 1 }), at),
    entryHash(GENESIS, 2, 'override', subject, contentHash({ a: 1 }), at),
    entryHash(GENESIS, 1, 'rule', subject, contentHash({ a: 1 }), at),
    entryHash(GENESIS, 1, 'override', { workflow: 'claim', id: 'so-1' }, contentHash({ a: 1 }), at),
    entryHash(GENESIS, 1, 'override', subject, contentHash({ a: 2 }), at),
    entryHash(GENESIS, 1, 'override', subject, contentHash({ a: 1 }), new Date(at.getTime() + 1)),
  ]
  expect(new Set([base, ...others]).size).toBe(others.length + 1)
})

it('is the hash that an auditor computes with other tools', () => {
  // printf '{"a":1,"b":[true,null]}' | sha256sum
  expect(contentHash({ b: [true, null], a: 1 })).toBe(
    '1cc69c7fa23616ca2ec3ee70d24390a6225c8832db8a4c814c7e0e7f942f8668',
  )
})
