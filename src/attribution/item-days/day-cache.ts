import type { Sized } from './day-details.ts'

interface Kept<Value> {
  value: Value
  /** The last question that used it. */
  turn: number
}

/**
 * Values by key, up to so many bytes; what was not used for longest goes first. What the same question has used stays: a
 * question about more than fits would else drop all that it will ask for again, and find nothing the next time.
 */
export function createDayCache<Value extends Sized>(mostBytes: number) {
  const values = new Map<string, Kept<Value>>()
  let bytes = 0
  let turns = 0

  const drop = (key: string, { value }: Kept<Value>): void => {
    values.delete(key)
    bytes -= value.bytes
  }
  /** Whether so many bytes more are free now. */
  const makeRoom = (wanted: number, turn: number): boolean => {
    for (const [key, oldest] of values) {
      if (bytes + wanted <= mostBytes || oldest.turn === turn) break
      drop(key, oldest)
    }
    return bytes + wanted <= mostBytes
  }

  return {
    /** Begins a question: its number is what its calls carry. */
    begin: (): number => ++turns,
    get(key: string, turn: number): Value | undefined {
      const kept = values.get(key)
      if (!kept) return undefined
      // A map keeps the order in which keys were put in.
      values.delete(key)
      values.set(key, { value: kept.value, turn })
      return kept.value
    },
    set(key: string, value: Value, turn: number): void {
      const before = values.get(key)
      if (before) drop(key, before)
      if (!makeRoom(value.bytes, turn)) return
      values.set(key, { value, turn })
      bytes += value.bytes
    },
    get bytes(): number {
      return bytes
    },
  }
}
