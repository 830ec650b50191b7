import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createRuleBook } from '../../src/ingest/load-ingest-rules.ts'
import { checkPatterns, redactPatterns } from '../../src/ingest/redact-patterns.ts'
import { redactText } from '../../src/ingest/redact-text.ts'

const PATTERNS = [
  { name: 'policy_number', pattern: '\\bPN-\\d{8}\\b' },
  { name: 'client', literals: ['Acme', 'Acme Holdings'] },
]

it('replaces what a workflow’s own patterns and literals find', () => {
  expect(redactPatterns('PN-12345678 of ACME Holdings, not PN-1', PATTERNS)).toBe(
    '[policy_number] of [client], not PN-1',
  )
})

it('changes nothing when run again, and never a mark', () => {
  const patterns = [{ name: 'word', pattern: '[a-z]+' }]
  fc.assert(
    fc.property(fc.stringMatching(/^[a-z @.\d]{0,40}$/), (text) => {
      const once = redactText(text, { keep: [], patterns })
      expect(redactText(once, { keep: [], patterns })).toBe(once)
    }),
  )
})

it('keeps the personal data that a workflow keeps, and never a secret', () => {
  const text = 'ann@example.com, +1 415 555 2671, sk-proj-abcdefghijklmnop1234'
  expect(redactText(text, { keep: ['email', 'phone'], patterns: [] })).toBe('ann@example.com, +1 415 555 2671, [key]')
})

it('takes linear time on a pattern that would exhaust a backtracking engine', () => {
  expect(redactPatterns(`${'a'.repeat(50_000)}!`, [{ name: 'hostile', pattern: '(a+)+$' }])).toHaveLength(50_001)
})

it.each([
  ['(', 'patterns[0].pattern cannot be read'],
  ['a*', 'patterns[0].pattern finds the empty text'],
  ['(?<=x)y', 'patterns[0].pattern cannot be read'],
  ['(?:[a-z]{1,900}){1,1}[0-9]{900}[a-z]{900}', 'patterns[0].pattern is too large'],
])('refuses %s', (pattern, message) => {
  expect(() => checkPatterns([{ name: 'bad', pattern }], 'patterns')).toThrow(message)
})

it('uses a workflow’s rules with those for every workflow, and where none is named the strictest of all', () => {
  const at = new Date(0)
  const book = createRuleBook([
    {
      workflow: null,
      rules: { redaction: { keep: ['email'], patterns: [PATTERNS[0]!] } },
      updatedAt: at,
      updatedBy: 'x',
    },
    {
      workflow: 'claims',
      rules: { redaction: { keep: ['phone'], patterns: [PATTERNS[1]!] } },
      updatedAt: at,
      updatedBy: 'x',
    },
  ])
  expect(book.redactionOf('claims')).toEqual({ keep: ['phone'], patterns: PATTERNS })
  expect(book.redactionOf('tickets')).toEqual({ keep: ['email'], patterns: [PATTERNS[0]] })
  expect(book.redactionOf(null)).toEqual({ keep: [], patterns: PATTERNS })
})
