import { giveBack } from '../../domain/give-back.ts'

/** Numbers of one column in the narrowest form that holds them all. */
export type Numbers = Uint8Array | Uint16Array | Uint32Array | Float64Array

/** A column in which a value may be unknown: whole numbers are kept one higher, 0 being unknown; others with NaN. */
export interface NullableNumbers {
  values: Numbers
  isFloat: boolean
}

/** Every value known. */
export function packNumbers(values: readonly number[]): Numbers {
  let highest = 0
  for (const value of values) {
    if (!Number.isInteger(value) || value < 0) return Float64Array.from(values)
    if (value > highest) highest = value
  }
  return narrow(Float64Array.from(values), highest)
}

export function packNullable(values: readonly (number | null)[]): Numbers {
  const isWhole = values.every(
    (value) => value === null || (Number.isInteger(value) && value >= 0 && value < 0xffffffff),
  )
  return isWhole
    ? packNumbers(values.map((value) => (value === null ? 0 : value + 1)))
    : Float64Array.from(values, (value) => value ?? Number.NaN)
}

export function asNullable(values: Numbers): NullableNumbers {
  return { values, isFloat: values instanceof Float64Array }
}

/** The value at a place of a nullable column. */
export function nullableAt(column: NullableNumbers, index: number): number | null {
  const value = column.values[index]!
  if (column.isFloat) return Number.isNaN(value) ? null : value
  return value === 0 ? null : value - 1
}

/** Where the parts of each owner begin in a list of all parts, and where the last one ends. */
export function startsOf(counts: Numbers): Numbers {
  let whole = 0
  for (let index = 0; index < counts.length; index++) whole += counts[index]!
  const starts = whole <= 0xffff ? new Uint16Array(counts.length + 1) : new Uint32Array(counts.length + 1)
  for (let index = 0, start = 0; index < counts.length; index++) {
    start += counts[index]!
    starts[index + 1] = start
  }
  return starts
}

/** More parts of each owner than this are rare. */
const MOST_PARTS = 64
/** By the number of parts: the longest array of starts that was asked for. */
const evens = new Map<number, Uint32Array>()

/** Starts where each owner has as many parts as any other. Those of the same small number share their memory. */
export function evenStarts(parts: number, owners: number): Numbers {
  const known = evens.get(parts)
  if (known && known.length > owners) return known.subarray(0, owners + 1)
  const starts = new Uint32Array(parts > MOST_PARTS ? owners + 1 : Math.max(4096, 2 * owners))
  for (let owner = 1; owner < starts.length; owner++) starts[owner] = starts[owner - 1]! + parts
  if (parts <= MOST_PARTS) evens.set(parts, starts)
  return starts.subarray(0, owners + 1)
}

/** By value up to 255: the longest array of it that was asked for. */
const sames = new Map<number, Uint8Array>()

/** A column of one value throughout. Those of the same small number share their memory. */
export function sameNumbers(value: number, length: number): Numbers {
  if (value > 0xff) return narrow(new Float64Array(length).fill(value), value)
  let longest = sames.get(value)
  if (!longest || longest.length < length) {
    longest = new Uint8Array(Math.max(4096, 2 * length)).fill(value)
    sames.set(value, longest)
  }
  return longest.subarray(0, length)
}

/** For each owner the sum of its parts: those from starts[i] to starts[i + 1]. */
export function sumParts(starts: Numbers, parts: Numbers): Numbers {
  const sums = new Float64Array(starts.length - 1)
  let [highest, isWhole] = [0, true]
  for (let owner = 0; owner < sums.length; owner++) {
    let sum = 0
    for (let part = starts[owner]!; part < starts[owner + 1]!; part++) sum += parts[part]!
    sums[owner] = sum
    if (sum > highest) highest = sum
    isWhole &&= Number.isInteger(sum) && sum >= 0
  }
  return isWhole ? narrow(sums, highest) : sums
}

/** The same of a column in which a part may be unknown: unknown where all parts are. */
export function sumKnownParts(starts: Numbers, parts: NullableNumbers): NullableNumbers {
  const sums = new Float64Array(starts.length - 1)
  let [highest, isWhole] = [0, true]
  for (let owner = 0; owner < sums.length; owner++) {
    let sum: number | null = null
    for (let part = starts[owner]!; part < starts[owner + 1]!; part++) {
      const value = nullableAt(parts, part)
      if (value !== null) sum = sum === null ? value : sum + value
    }
    sums[owner] = sum ?? Number.NaN
    if (sum === null) continue
    if (sum > highest) highest = sum
    isWhole &&= Number.isInteger(sum) && sum >= 0
  }
  if (!isWhole || highest >= 0xffffffff) return asNullable(sums)
  for (let owner = 0; owner < sums.length; owner++) sums[owner] = Number.isNaN(sums[owner]) ? 0 : sums[owner]! + 1
  return asNullable(narrow(sums, highest + 1))
}

/** The values at the first `length` of the places. */
export function pick(values: Numbers, places: Numbers, length: number): Numbers {
  const picked = new (values.constructor as Uint8ArrayConstructor)(length) as Numbers
  for (let index = 0; index < length; index++) picked[index] = values[places[index]!]!
  return picked
}

/** None of the differences is below 0. The very same column where nothing is to be taken away. */
export function subtract(from: Numbers, values: Numbers): Numbers {
  if (values.every((value) => value === 0)) return from
  const differences = new (from.constructor as Uint8ArrayConstructor)(from.length) as Numbers
  for (let index = 0; index < from.length; index++) differences[index] = from[index]! - values[index]!
  return differences
}

/** Whole numbers from 0 to `highest`, in the narrowest form. The array that they come in is given back, or is the result. */
export function narrow(values: Float64Array, highest: number): Numbers {
  if (highest > 0xffffffff) return values
  const narrower = narrowed(values, highest)
  giveBack(values)
  return narrower
}

function narrowed(values: Float64Array, highest: number): Numbers {
  if (highest === 0) return sameNumbers(0, values.length)
  if (highest <= 0xff) return new Uint8Array(values)
  return highest <= 0xffff ? new Uint16Array(values) : new Uint32Array(values)
}
