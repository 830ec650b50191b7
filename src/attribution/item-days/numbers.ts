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
  if (highest <= 0xff) return Uint8Array.from(values)
  if (highest <= 0xffff) return Uint16Array.from(values)
  return highest <= 0xffffffff ? Uint32Array.from(values) : Float64Array.from(values)
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
export function packStarts(counts: readonly number[]): Numbers {
  const starts = [0]
  for (const [index, count] of counts.entries()) starts.push(starts[index]! + count)
  return packNumbers(starts)
}
