import { expect, it } from 'vitest'
import { z } from 'zod'
import { sayIssue } from '../../src/domain/say-issue.ts'

const Schema = z.object({ name: z.string(), n: z.number().int(), on: z.boolean(), list: z.array(z.string()).max(1) })

it.each([
  [{ n: 1, on: true, list: [] }, 'missing, expected a text'],
  [{ name: 7, n: 1, on: true, list: [] }, 'expected a text, not a number'],
  [{ name: 'x', n: '1', on: true, list: [] }, 'expected a number, not a text'],
  [{ name: 'x', n: 1.5, on: true, list: [] }, 'expected a whole number'],
  [{ name: 'x', n: 1, on: null, list: [] }, 'expected true or false, not null'],
  [{ name: 'x', n: 1, on: true, list: {} }, 'expected a list, not an object'],
  [{ name: 'x', n: 1, on: true, list: ['a', 'b'] }, 'Too big: expected array to have <=1 items'],
])('of %j it says %s', (value, said) => {
  expect(Schema.safeParse(value).error!.issues.map(sayIssue)).toEqual([said])
})
