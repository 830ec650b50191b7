import fc from 'fast-check'

/** MALFORMED_FACTOR: how many times as many malformed payloads as the quick suite has time for. */
export const malformedRuns = (runs: number): number => Math.round(runs * Number(process.env.MALFORMED_FACTOR ?? 1))

/** Values that have broken somebody's server before. */
export const nasty = fc.oneof(
  fc.jsonValue(),
  fc.constantFrom<unknown>(
    '\u0000',
    '\ud800',
    '',
    'x'.repeat(300),
    -1,
    1e308,
    2 ** 63,
    0.1,
    null,
    [],
    {},
    JSON.parse('{"__proto__": {"a": 1}}'),
    JSON.parse('{"constructor": {"prototype": 1}, "toString": 2, "hasOwnProperty": 3}'),
    JSON.parse(`${'['.repeat(500)}1${']'.repeat(500)}`),
    '0000-01-01T00:00:00Z',
    '9999-12-31T23:59:59Z',
    "'; drop table spans; --",
    '{"a":',
  ),
)

/** A good value with some of its places, at any depth, replaced, or with places added. */
export function spoiled(value: unknown): fc.Arbitrary<unknown> {
  if (Array.isArray(value))
    return fc.oneof({ weight: 3, arbitrary: fc.tuple(...value.map(spoiled)) }, { weight: 1, arbitrary: nasty })
  if (value === null || typeof value !== 'object')
    return fc.oneof({ weight: 6, arbitrary: fc.constant(value) }, { weight: 1, arbitrary: nasty })
  const members = Object.fromEntries(Object.entries(value).map(([key, member]) => [key, spoiled(member)]))
  return fc.oneof(
    { weight: 8, arbitrary: fc.record(members, { requiredKeys: [] }) },
    { weight: 1, arbitrary: nasty },
    {
      weight: 1,
      arbitrary: fc
        .tuple(fc.record(members), fc.dictionary(fc.string(), nasty, { maxKeys: 3 }))
        .map(([a, b]) => ({ ...a, ...b })),
    },
  )
}
