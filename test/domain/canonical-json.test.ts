import fc from 'fast-check'
import { expect, it } from 'vitest'
import { canonicalJson } from '../../src/domain/canonical-json.ts'

/** The same by the slow way: the engine's own JSON of objects made anew with their keys in order. */
function reference(value: unknown): string {
  return JSON.stringify(value, (_key, member: unknown) => {
    if (member === null || typeof member !== 'object' || Array.isArray(member)) return member
    return Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)))
  })
}

it('writes what the engine would write of objects with sorted keys', () => {
  const key = fc.oneof(
    fc.string(),
    fc.nat().map(String),
    fc.constantFrom('4294967294', '4294967295', '01', '__proto__'),
  )
  const { tree } = fc.letrec((tie) => ({
    tree: fc.oneof(
      fc.string(),
      fc.double(),
      fc.boolean(),
      fc.constantFrom(null, undefined),
      fc.date({ noInvalidDate: true }),
      fc.array(tie('tree'), { maxLength: 4 }),
      fc.dictionary(key, tie('tree'), { maxKeys: 6 }),
    ),
  }))
  fc.assert(
    fc.property(tree, (value) => {
      expect(canonicalJson(value)).toBe(reference(value))
    }),
    { numRuns: 500 },
  )
})

it('gives equal text for equal content', () => {
  expect(canonicalJson({ b: [1, { d: 2, c: undefined }], a: null, 10: 1, 9: 2 })).toBe(
    canonicalJson({ 9: 2, 10: 1, a: null, b: [1, { d: 2 }] }),
  )
})
