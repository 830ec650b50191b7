import fc from 'fast-check'
import { expect, it } from 'vitest'
import { redactText } from '../../src/ingest/redact-text.ts'
import { STRICTEST } from '../../src/ingest/redaction.ts'

/** Numbers that the countries' own descriptions give as examples, or that were made by their rules. */
it.each([
  ['HH 59 09 48 A', 'GB'],
  ['RCCMNL83S18D969H', 'IT'],
  ['131052-308T', 'FI'],
  ['756.9217.0769.85', 'CH'],
  ['390.533.447-05', 'BR'],
  ['12.531.909-2', 'CL'],
  ['2 95 10 99 126 111 93', 'FR'],
])('takes %s for one by its form (%s)', (number) => {
  expect(redactText(`of ${number}, as said`)).toBe('of [national id], as said')
  expect(redactText(`of ${number}, as said`, { ...STRICTEST, keep: ['national_id'] })).toContain(number)
})

it.each([
  ['BSN 111222333', 'BSN [national id]'],
  ['their SIN: 123-456-782 today', 'their SIN: [national id] today'],
  ['PESEL=44051401359.', 'PESEL=[national id].'],
  ['Steuer-ID: 36 574 261 809 bitte', 'Steuer-ID: [national id] bitte'],
  ['my_Steuer-ID: 36 574 261 809', 'my_Steuer-ID: [national id]'],
  ['Steueridentifikationsnummer 36574261809', 'Steueridentifikationsnummer [national id]'],
  ['burgerservicenummer: 111222333', 'burgerservicenummer: [national id]'],
  ['the DNI is 54362315K', 'the DNI is [national id]'],
  ['NIE x-2482300-w', 'NIE [national id]'],
  ['Aadhaar number 2341 2341 2346 and more', 'Aadhaar number [national id] and more'],
  ['personnummer 880320-0016', 'personnummer [national id]'],
  ['tfn 123 456 782', 'tfn [national id]'],
  ['cpf: 39053344705', 'cpf: [national id]'],
  ['SSN 536904399', 'SSN [national id]'],
  ['social security number 536 90 4399', 'social security number [national id]'],
])('takes what is called one: %s', (text, expected) => expect(redactText(text)).toBe(expected))

it.each([
  'CPF 39053344706 is no such number',
  'order 111222333, invoice 36574261809, part RCCMNL83S18D969A',
  'a single claim 44051401359 in the run 123-456-782',
  'rate 390.533.447-06, host 756.1.2.3, date 131052-308U',
  'running 12345678 companies, design 123456782',
])('leaves %s as it is', (text) => expect(redactText(text)).toBe(text))

it('gives the same again, whatever stands around', () => {
  const piece = fc.constantFrom(
    ...['BSN ', '111222333', 'ssn', ': ', '536904399', 'HH 59 09 48 A', ' ', '-', 'national id', '[', ']', '12', 'é'],
  )
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 10 }), (pieces) => {
      const once = redactText(pieces.join(''))
      expect(redactText(once)).toBe(once)
    }),
    { numRuns: 500 },
  )
})
