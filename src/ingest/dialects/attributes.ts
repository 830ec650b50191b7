import type { Attributes } from '../otlp/raw-span.ts'

/** The first of the named attributes that is a text, or a number or boolean as one. Empty texts count as absent. */
export function textAt(attributes: Attributes, ...names: string[]): string | null {
  for (const name of names) {
    const value = attributes[name]
    if (typeof value === 'string' && value !== '') return value
    if (typeof value === 'number' || typeof value === 'boolean') return String(value)
  }
  return null
}

/** The first of the named attributes that is a number, or a text that is one. */
export function numberAt(attributes: Attributes, ...names: string[]): number | null {
  for (const name of names) {
    const value = attributes[name]
    if (typeof value === 'number' && Number.isFinite(value)) return value
    if (typeof value === 'string' && /^\s*-?\d+(?:\.\d+)?(?:e[+-]?\d+)?\s*$/i.test(value)) return Number(value)
  }
  return null
}

/** The first of the named attributes that is there, as text: structured values as JSON. */
export function payloadAt(attributes: Attributes, ...names: string[]): string | null {
  for (const name of names) {
    const value = attributes[name]
    if (value === null || value === undefined || value === '') continue
    return typeof value === 'string' ? value : JSON.stringify(value)
  }
  return null
}

/** A value that dialects send as JSON text, or as it is. Text that is not JSON stays text. */
export function parsedAt(attributes: Attributes, ...names: string[]): unknown {
  for (const name of names) {
    const value = attributes[name]
    if (value === null || value === undefined || value === '') continue
    return parsedJson(value)
  }
  return null
}

const LONGEST_PARSED = 1024 * 1024

export function parsedJson(value: unknown): unknown {
  if (typeof value !== 'string' || value.length > LONGEST_PARSED || !/^\s*[[{]/.test(value)) return value
  try {
    return JSON.parse(value) as unknown
  } catch {
    return value
  }
}

export function objectAt(attributes: Attributes, ...names: string[]): Attributes | null {
  const value = parsedAt(attributes, ...names)
  return value !== null && typeof value === 'object' && !Array.isArray(value) ? (value as Attributes) : null
}

/** Attributes below a prefix, without it: `metadata.region` under `metadata.` is `region`. */
export function below(attributes: Attributes, prefix: string): Attributes {
  if (!hasPrefix(attributes, prefix)) return {}
  return Object.fromEntries(
    Object.entries(attributes).flatMap(([name, value]) =>
      name.startsWith(prefix) ? [[name.slice(prefix.length), value]] : [],
    ),
  )
}

/** Members of a list that a dialect flattens into attributes: `documents.0.id`, `documents.0.score`, `documents.1.id`. */
export function listBelow(attributes: Attributes, prefix: string): Attributes[] {
  if (!hasPrefix(attributes, prefix)) return []
  const members = new Map<number, [string, unknown][]>()
  for (const [name, value] of Object.entries(below(attributes, prefix))) {
    const dot = name.indexOf('.')
    const index = Number(name.slice(0, dot))
    if (dot < 1 || !Number.isInteger(index)) continue
    members.set(index, [...(members.get(index) ?? []), [name.slice(dot + 1), value]])
  }
  return [...members].sort(([a], [b]) => a - b).map(([, entries]) => Object.fromEntries(entries))
}

/** Asked many times of every span, so without making lists. */
export function hasPrefix(attributes: Attributes, ...prefixes: string[]): boolean {
  for (const name in attributes) {
    for (const prefix of prefixes) if (name.startsWith(prefix)) return true
  }
  return false
}
