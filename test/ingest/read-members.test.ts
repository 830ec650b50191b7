import { expect, it } from 'vitest'
import { readMembers } from '../../src/ingest/read-members.ts'

it('reads an object, an array, and lines', () => {
  expect(readMembers('{"a":1}')).toEqual([{ index: 0, value: { a: 1 } }])
  expect(readMembers(' [ {"a":1}, 2 ] ')).toEqual([
    { index: 0, value: { a: 1 } },
    { index: 1, value: 2 },
  ])
  expect(readMembers('\uFEFF{"a":1}\r\n\r\n{"a":2}\n')).toEqual([
    { index: 0, value: { a: 1 } },
    { index: 1, value: { a: 2 } },
  ])
})

it('keeps the place of a line that is not JSON', () => {
  expect(readMembers('{"a":1}\n{"a":\n{"a":3}')).toEqual([
    { index: 0, value: { a: 1 } },
    { index: 1, unreadable: expect.stringContaining('not JSON') },
    { index: 2, value: { a: 3 } },
  ])
})

it.each(['', ' \n ', 'nonsense', '7', '"text"', 'null', 'a\nb', '{"a":'])('refuses %j as a whole', (body) => {
  expect(() => readMembers(body)).toThrow(expect.objectContaining({ code: 'unreadable_body' }))
})
