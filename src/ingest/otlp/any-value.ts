import { storableText } from '../storable.ts'
import type { Attributes } from './raw-span.ts'

/** Values nest no further than this; what lies below is replaced by a mark. */
export const DEEPEST = 32
export const TOO_DEEP = '[nested too deep]'

/** A sender's name may be one that means something to the engine. */
export function setAttribute(attributes: Attributes, name: string, value: unknown): void {
  if (name !== '__proto__') attributes[name] = value
  else Object.defineProperty(attributes, name, { value, enumerable: true, configurable: true, writable: true })
}

/** Attributes of a request in JSON. Members that are not key and value are left out. */
export function readAttributes(list: unknown, depth = 0): Attributes {
  if (!Array.isArray(list)) return {}
  return Object.fromEntries(
    list.flatMap((item: { key?: unknown; value?: unknown } | null) =>
      typeof item?.key === 'string' ? [[storableText(item.key), readAnyValue(item.value, depth)]] : [],
    ),
  )
}

function readAnyValue(value: unknown, depth: number): unknown {
  if (value === null || typeof value !== 'object') return null
  if (depth > DEEPEST) return TOO_DEEP
  if (Object.hasOwn(value, 'stringValue')) {
    const { stringValue } = value as { stringValue: unknown }
    return typeof stringValue === 'string' ? storableText(stringValue) : null
  }
  if (Object.hasOwn(value, 'intValue')) return readNumber((value as { intValue: unknown }).intValue)
  if (Object.hasOwn(value, 'doubleValue')) return readNumber((value as { doubleValue: unknown }).doubleValue)
  if (Object.hasOwn(value, 'boolValue')) return (value as { boolValue: unknown }).boolValue === true
  if (Object.hasOwn(value, 'arrayValue')) {
    const { values } = ((value as { arrayValue: unknown }).arrayValue ?? {}) as { values?: unknown }
    return Array.isArray(values) ? values.map((item) => readAnyValue(item, depth + 1)) : []
  }
  if (Object.hasOwn(value, 'kvlistValue')) {
    const { values } = ((value as { kvlistValue: unknown }).kvlistValue ?? {}) as { values?: unknown }
    return readAttributes(values, depth + 1)
  }
  if (Object.hasOwn(value, 'bytesValue')) {
    const { bytesValue } = value as { bytesValue: unknown }
    return typeof bytesValue === 'string' ? storableText(bytesValue) : null
  }
  return null
}

/** 64-bit integers come as a number or as text. Null: not a number. */
export function readNumber(value: unknown): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof number === 'number' && Number.isFinite(number) ? number : null
}
