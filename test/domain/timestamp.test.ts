import { expect, it } from 'vitest'
import { AskRequest } from '../../src/domain/answer.ts'
import { Instant } from '../../src/domain/timestamp.ts'

it.each([
  ['2026-11-17T09:12:03Z', '2026-11-17T09:12:03.000Z'],
  ['2026-11-17T10:12:03+01:00', '2026-11-17T09:12:03.000Z'],
  ['2026-11-17', '2026-11-17T00:00:00.000Z'],
])('reads %s', (text, instant) => {
  expect(Instant.parse(text).toISOString()).toBe(instant)
  expect(AskRequest.parse({ question: 'why?', asOf: text }).asOf?.toISOString()).toBe(instant)
})

it.each(['2026-13-40', 'yesterday', '2026-11-17T09:12:03', ''])('refuses %j and says what it expects', (text) => {
  expect(Instant.safeParse(text).error?.issues[0]?.message).toContain('expected an ISO 8601 time')
})

it('refuses what the database could not hold', () => {
  for (const text of ['0000-01-01T00:00:00Z', '0001-01-01T00:00:00+02:00', '9999-12-31T23:59:59-02:00']) {
    expect(Instant.safeParse(text).error?.issues[0]?.message).toBe('expected a time in the years 1 to 9999')
  }
})

it('may be left out', () => {
  expect(AskRequest.parse({ question: 'why?', knownAt: null })).toMatchObject({ question: 'why?', knownAt: null })
})
