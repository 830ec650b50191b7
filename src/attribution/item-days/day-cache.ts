import type { Sized } from './day-details.ts'

/** Values by key, up to so many bytes; what was not used for longest goes first. */
export function createDayCache(mostBytes: number) {
  const values = new Map<string, Sized>()
  let bytes = 0
  return {
    get(key: string): Sized | undefined {
      const value = values.get(key)
      if (value) {
        // A map keeps the order in which keys were put in.
        values.delete(key)
        values.set(key, value)
      }
      return value
    },
    set(key: string, value: Sized): void {
      const before = values.get(key)
      if (before) bytes -= before.bytes
      values.delete(key)
      values.set(key, value)
      bytes += value.bytes
      for (const [oldest, { bytes: freed }] of values) {
        if (bytes <= mostBytes) break
        values.delete(oldest)
        bytes -= freed
      }
    },
    get bytes(): number {
      return bytes
    },
  }
}
