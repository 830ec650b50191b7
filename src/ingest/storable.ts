/** NUL and halves of surrogate pairs are valid in JSON, and refused by the database. */
export function storableText(text: string): string {
  const wellFormed = text.isWellFormed() ? text : text.toWellFormed()
  return wellFormed.includes('\0') ? wellFormed.replaceAll('\0', '\uFFFD') : wellFormed
}

/** The same value with every text in it, keys included, fit to be stored. Expects a value that `isTooDeep` passed. */
export function storable(value: unknown): unknown {
  if (typeof value === 'string') return storableText(value)
  if (value === null || typeof value !== 'object') return value
  if (Array.isArray(value)) return value.map(storable)
  return Object.fromEntries(Object.entries(value).map(([key, member]) => [storableText(key), storable(member)]))
}

/** True where arrays and objects nest further than `limit`: such a value would exhaust the stack of whoever walks it. */
export function isTooDeep(value: unknown, limit = 64): boolean {
  if (value === null || typeof value !== 'object') return false
  if (limit === 0) return true
  return Object.values(value).some((member) => isTooDeep(member, limit - 1))
}
