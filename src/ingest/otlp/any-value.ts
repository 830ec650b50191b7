import { storableText } from '../storable.ts'
import type { Attributes } from './raw-span.ts'

/** Values nest no further than this; what lies below is replaced by a mark. */
const DEEPEST = 32

/** Attributes of either encoding: both name their fields alike. Members that are not key and value are left out. */
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
  if (depth > DEEPEST) return '[nested too deep]'
  // Decoded protobuf has a default for every field on its prototype: only own fields were sent.
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
    if (bytesValue instanceof Uint8Array) return Buffer.from(bytesValue).toString('base64')
    return typeof bytesValue === 'string' ? storableText(bytesValue) : null
  }
  return null
}

/** 64-bit integers come as a number, as text (JSON), or as an object with two halves (protobuf). Null: not a number. */
export function readNumber(value: unknown): number | null {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : toNumber(value)
  return number !== null && Number.isFinite(number) ? number : null
}

function toNumber(value: unknown): number | null {
  if (typeof value === 'number') return value
  // What was JSON holds no functions.
  const halves = value as { toNumber?: unknown } | null | undefined
  return typeof halves?.toNumber === 'function' ? (halves as { toNumber(): number }).toNumber() : null
}
