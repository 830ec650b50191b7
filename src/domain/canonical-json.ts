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
  if (!isIndex(keys[0]!)) return sortFew(keys)
  const indices = keys.filter(isIndex)
  return [...indices, ...keys.slice(indices.length).sort()]
}

/** By insertion: a span has few attributes, mostly in order, and the engine's own sort copies them first. */
function sortFew(keys: string[]): string[] {
  if (keys.length > MOST_FEW) return keys.sort()
  for (let end = 1; end < keys.length; end++) {
    const key = keys[end]!
    let place = end
    for (; place > 0 && keys[place - 1]! > key; place--) keys[place] = keys[place - 1]!
    keys[place] = key
  }
  return keys
}

const MOST_FEW = 24

const isIndex = (key: string) => INDEX.test(key) && Number(key) <= MOST_INDEX
