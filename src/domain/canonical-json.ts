/**
 * JSON with sorted keys and without undefined members: equal content gives equal text, whatever the order of keys. Keys
 * that are array indices come first, by number, as they do in every JavaScript object.
 */
export function canonicalJson(value: unknown): string {
  return textOf(value) ?? (undefined as unknown as string)
}

/** As `JSON.stringify` would write it, and undefined where that writes nothing. By hand, for this runs over every span. */
function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return JSON.stringify(value)
  if (value === null || typeof value !== 'object') return JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map((member) => textOf(member) ?? 'null').join(',')}]`
  if (typeof (value as { toJSON?: unknown }).toJSON === 'function') {
    return textOf((value as { toJSON(key: string): unknown }).toJSON(''))
  }
  let text = ''
  for (const key of sortedKeys(value)) {
    const member = textOf((value as Record<string, unknown>)[key])
    if (member !== undefined) text += (text === '' ? quotedKey(key) : `,${quotedKey(key)}`) + member
  }
  return `{${text}}`
}

/** Keys come again and again: the few that a program's senders use are quoted once. */
const quotedKeys = new Map<string, string>()
const MOST_KEYS = 2000
const LONGEST_KEY = 100

function quotedKey(key: string): string {
  const known = quotedKeys.get(key)
  if (known !== undefined) return known
  const quoted = `${JSON.stringify(key)}:`
  if (key.length <= LONGEST_KEY && quotedKeys.size < MOST_KEYS) quotedKeys.set(key, quoted)
  return quoted
}

const INDEX = /^(?:0|[1-9]\d{0,9})$/
const MOST_INDEX = 2 ** 32 - 2

function sortedKeys(value: object): string[] {
  const keys = Object.keys(value)
  if (keys.length < 2) return keys
  // Of an object's keys, the indices come first.
  if (!isIndex(keys[0]!)) return isSorted(keys) ? keys : keys.sort()
  const indices = keys.filter(isIndex)
  return [...indices, ...keys.slice(indices.length).sort()]
}

/** Most senders name their attributes in the same order, and many in this one: a look costs a tenth of sorting. */
function isSorted(keys: readonly string[]): boolean {
  for (let place = 1; place < keys.length; place++) if (keys[place - 1]! > keys[place]!) return false
  return true
}

const isIndex = (key: string) => INDEX.test(key) && Number(key) <= MOST_INDEX
