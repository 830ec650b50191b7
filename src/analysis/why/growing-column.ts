type Column = Int32Array | Float64Array | Uint8Array

/** A column of which the length is not known before it is written; 0 where nothing was. */
export interface Growing<Values extends Column> {
  values: Values
  set(index: number, value: number): void
  /** The first so many values, without a copy unless fewer are held. */
  upTo(count: number): Values
}

/** @param expected how many values are likely to come: with fewer no copy is ever made. */
export function createGrowing<Values extends Column>(
  make: new (length: number) => Values,
  expected: number,
): Growing<Values> {
  const growing: Growing<Values> = {
    values: new make(Math.max(1, expected)),
    set(index, value) {
      if (index >= growing.values.length) grow(index + 1)
      growing.values[index] = value
    },
    upTo(count) {
      if (count > growing.values.length) grow(count)
      return growing.values.subarray(0, count) as Values
    },
  }
  function grow(least: number): void {
    const values = new make(Math.max(least, 2 * growing.values.length))
    values.set(growing.values)
    growing.values = values
  }
  return growing
}
