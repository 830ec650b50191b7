import fc from 'fast-check'
import { expect, it } from 'vitest'
import { looksClean } from '../../src/ingest/looks-clean.ts'
import { RULES } from '../../src/ingest/redact-text.ts'

/** What every rule finds, its hint passed over: where none changes the text it may look clean, and nowhere else. */
const isChangedBySomeRule = (text: string) =>
  RULES.some(({ pattern, replace }) => text.replace(pattern, replace) !== text)

const PIECES = [
  ...['ann@example.com', 'a@b.co', '@', 'eyJhbGciOiJIUzI1.eyJzdWIiOiIxM', '-----BEGIN RSA PRIVATE KEY-----\nMIIE'],
  ...['sk-abcdefghijklmnop1234', 'rk_live_abcdefghij12', 'ghp_abcdefghijklmnopqrst', 'github_pat_abcdefghijklmnopqrst'],
  ...['glpat-abcdefghijklmnop', 'xoxb-1234567890', 'xapp-1234567890', 'AKIAIOSFODNN7EXAMPLE', 'ASIAIOSFODNN7EXAMPLE'],
  ...[`AIza${'a'.repeat(32)}`, 'ya29.abcdefghijklmnop', `npm_${'a'.repeat(32)}`, `hf_${'a'.repeat(22)}`],
  ...[`docket_${'a'.repeat(32)}`, 'SG.abcdefghijklmnop.abcdefghijklmnop', `dop_v1_${'a'.repeat(32)}`],
  ...[
    'Bearer abcdefghijklmnop',
    'BASIC\tabcdefghijklmnop==',
    'password=hunter22',
    '"api_key": "hunter22"',
    'Secret : hunter2',
  ],
  ...[
    'DE89370400440532013000',
    'GB29 NWBK 6016 1331 9268 19',
    'KZ86125KZT5004100100',
    'QA11ABCDEFGHIJKLMNOPQRSTUVWXY',
    '4111 1111 1111 1111',
  ],
  ...['378282246310005', '536-90-4399', '+14155552671', '+1 (415) 555-2671', '(415) 555-2671', '415 555 2671'],
  ...[
    'tel 030 1234567',
    'HH 59 09 48 A',
    'RCCMNL83S18D969H',
    '131052-308T',
    '756.9217.0769.85',
    '390.533.447-05',
    '2 95 10 99 126 111 93',
    'BSN 111222333',
    'Steuer-ID: 36 574 261 809',
    'Phone number is 0301234567',
    'FAX: 1234567',
    'prose of a claim',
    ' ',
    '.',
    '-',
    '_',
    '1',
    '12',
  ],
]

it('is never said of a text in which a rule finds something', () => {
  const piece = fc.oneof(fc.constantFrom(...PIECES), fc.string({ maxLength: 12 }))
  const text = fc
    .array(piece, { maxLength: 5 })
    .chain((pieces) => fc.constantFrom('', ' ').map((gap) => pieces.join(gap)))
  fc.assert(
    fc.property(text, (candidate) => {
      if (looksClean(candidate)) expect(isChangedBySomeRule(candidate)).toBe(false)
    }),
    { numRuns: 3000 },
  )
})

it.each(PIECES.filter((piece) => piece.length > 9 && piece !== 'prose of a claim'))('is not said of %s', (piece) => {
  expect(isChangedBySomeRule(piece)).toBe(true)
  expect(looksClean(`before ${piece} after`)).toBe(false)
  expect(looksClean(`${'x '.repeat(100)}${piece}`)).toBe(false)
})

it.each([
  'The claim concerns water damage in a rented home after the storm of the ninth.',
  'gpt-4.1-mini-2025-04-14',
  'chatcmpl-2k-17-3',
  'invoke_agent adjudicator',
])('is said of %s', (text) => {
  expect(looksClean(text)).toBe(true)
})
