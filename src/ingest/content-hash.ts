import { createHash } from 'node:crypto'
import { canonicalJson } from '../domain/canonical-json.ts'

export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}

/** 128 bits in hex: equal for equal content, whatever the order of keys, and whether unknowns are null or absent. */
export function contentHash(value: unknown): string {
  return sha256(canonicalJson(withoutNulls(value))).slice(0, 32)
}

function withoutNulls(value: unknown): unknown {
  if (value === null || typeof value !== 'object' || value instanceof Date) return value
  if (Array.isArray(value)) return value.map(withoutNulls)
  return Object.fromEntries(
    Object.entries(value).flatMap(([key, member]) =>
      member === null || member === undefined ? [] : [[key, withoutNulls(member)]],
    ),
  )
}
