import fc from 'fast-check'
import { expect, it } from 'vitest'
import { cutPayload, PAYLOAD_LIMIT } from '../../src/ingest/cut-payload.ts'
import { redactText } from '../../src/ingest/redact-text.ts'
import { redactValue } from '../../src/ingest/redact-value.ts'

it.each([
  ['write to ann.lee+home@mail.example.co.uk today', 'write to [email] today'],
  ['call +1 415 555 2671 or +44 20 7946 0958', 'call [phone] or [phone]'],
  ['call (415) 555-2671, 415-555-2671 or 415.555.2671.', 'call [phone], [phone] or [phone].'],
  ['phone: 030 1234567', 'phone: [phone]'],
  ['paid with 4111 1111 1111 1111 and 378282246310005', 'paid with [card] and [card]'],
  ['paid with 5555-5555-5555-4444.', 'paid with [card].'],
  ['to DE89 3704 0044 0532 0130 00 please', 'to [iban] please'],
  ['to GB29NWBK60161331926819', 'to [iban]'],
  ['ssn 536-90-4399', 'ssn [ssn]'],
  ['key sk-proj-abcdefghijklmnop1234', 'key [key]'],
  ['AKIAIOSFODNN7EXAMPLE and ghp_abcdefghijklmnopqrstuvwxyz0123456789', '[key] and [key]'],
  ['xoxb-1234567890-abcdef', '[key]'],
  ['Authorization: Bearer abcdef0123456789abcdef', 'Authorization: Bearer [token]'],
  ['eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl', '[token]'],
  ['{"password":"hunter22", "user":"ann"}', '{"password":"[secret]", "user":"ann"}'],
  ['-----BEGIN RSA PRIVATE KEY-----\nMIIE\nabc\n-----END RSA PRIVATE KEY-----\nafter', '[private key]\nafter'],
])('marks %s', (text, expected) => {
  expect(redactText(text)).toBe(expected)
})

it.each([
  'claim-8841 was denied on 2026-11-17T09:12:03Z at 12:30',
  'task-12-2, t-1, HR-12, order 202611170912, invoice 2026-1117-0912',
  'gpt-4.1-mini-2025-04-14 used 9,120 tokens for $1,234,567.89 (0.000123456789012)',
  'span 00f067aa0ba902b7 of 5b8efff798038103d269b633813fc60c',
  '1763370723000000000 ns, 1763370723000 ms, 192.168.100.200, v1.2.3.4',
  'uuid 123e4567-e89b-12d3-a456-426614174000',
  'flight HAT136 from JFK, credit_card_4421486, certificate_7504069, born 1990-04-05',
  'a 4-2-2 split, 555-12 units, 100 200 300 points, 1234 5678 9012 3456 points',
  'the API key is missing; the token count is 42; password policy',
])('leaves %s as it is', (text) => {
  expect(redactText(text)).toBe(text)
})

it('gives the same again when run on its own result', () => {
  const piece = fc.oneof(
    fc.string({ maxLength: 20 }),
    fc.emailAddress(),
    fc.constantFrom('+14155552671', '4111111111111111', 'DE89370400440532013000', 'password=', 'sk-', ' ', '\n'),
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 12 }), (pieces) => {
      const once = redactText(pieces.join(''))
      expect(redactText(once)).toBe(once)
    }),
  )
})

it('comes to an end on texts made to exhaust a pattern', () => {
  const hostile = [
    'a',
    '1',
    '@',
    '-',
    'A1',
    'a@',
    '1 ',
    '+1',
    'sk-',
    'password:',
    '-----BEGIN PRIVATE KEY-----',
    'eyJ',
    'DE89 ',
    'bsn ',
    'ssn 1',
    'HH 59 ',
    '12.531.',
  ]
  for (const piece of hostile) {
    const text = piece.repeat(Math.ceil(PAYLOAD_LIMIT / piece.length))
    expect(redactText(redactText(text))).toBe(redactText(text))
  }
})

it('cuts long payloads with their length and hash, and a secret at the cut is not left in half', () => {
  const text = `${'x'.repeat(PAYLOAD_LIMIT - 5)} ann@example.com ${'y'.repeat(100_000)}`
  const cut = cutPayload(text)
  expect(cut).toMatch(new RegExp(`\\[cut: ${text.length} characters, sha256 [0-9a-f]{64}\\]$`))
  expect(cut).not.toContain('ann@')
  expect(cut.length).toBeLessThan(PAYLOAD_LIMIT + 200)
})

it('redacts every text of a value and the whole of what a secret name holds', () => {
  expect(
    redactValue({ to: ['ann@example.com'], api_key: 'short', n: 4111111111111111, nested: { token: 'x' } }),
  ).toEqual({
    to: ['[email]'],
    api_key: '[secret]',
    n: 4111111111111111,
    nested: { token: 'x' },
  })
})
