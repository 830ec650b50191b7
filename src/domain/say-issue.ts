/** What a schema finds wrong, for whoever wrote the value: zod's own words speak of its types. */
export function sayIssue({ message }: { readonly message: string }): string {
  const [, expected, received] = /^Invalid input: expected (.+), received (\w+)$/.exec(message) ?? []
  if (expected === undefined) return message
  if (expected === 'int') return 'expected a whole number'
  return received === 'undefined'
    ? `missing, expected ${nameOf(expected)}`
    : `expected ${nameOf(expected)}, not ${nameOf(received!)}`
}

const NAMES: Readonly<Record<string, string>> = {
  ...{ string: 'a text', number: 'a number', boolean: 'true or false' },
  ...{ array: 'a list', object: 'an object', record: 'an object', null: 'null', NaN: 'no number', nan: 'no number' },
}

function nameOf(type: string): string {
  return NAMES[type] ?? type
}
