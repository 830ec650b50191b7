import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { WideningColumn } from '../../../src/analysis/why/widening-column.ts'

/** Of every form, fractions and negative ones too. */
const anyNumber = fc.oneof(
  fc.nat(0xff),
  fc.nat(0x1ffff),
  fc.integer({ min: 0, max: 2 ** 40 }),
  fc.integer({ min: -(2 ** 40), max: -1 }),
  fc.double({ noNaN: true }).map((value) => value + 0),
)

describe('WideningColumn', () => {
  it('gives back what was put into it, and 0 where nothing was', () => {
    fc.assert(
      fc.property(fc.array(fc.option(anyNumber), { minLength: 1 }), fc.nat(20), (written, expected) => {
        const column = new WideningColumn(expected)
        for (const [index, value] of written.entries()) if (value !== null) column.set(index, value)
        expect(Array.from(column.upTo(written.length))).toEqual(written.map((value) => (value ?? 0) + 0))
      }),
    )
  })

  it.each([
    [0xff, Uint8Array],
    [0x100, Uint16Array],
    [0xffff, Uint16Array],
    [0x10000, Uint32Array],
    [0xffffffff, Uint32Array],
    [0x100000000, Float64Array],
    [-1, Float64Array],
    [0.5, Float64Array],
  ])('keeps %d in the narrowest form that holds it', (value, form) => {
    const column = new WideningColumn(2)
    column.set(0, value)
    column.set(1, 7)
    expect(column.upTo(2)).toBeInstanceOf(form)
    expect([column.at(0), column.at(1)]).toEqual([value, 7])
  })

  it('has the room and the form that are asked for before what is written into its values', () => {
    const column = new WideningColumn(1)
    column.set(0, 3)
    column.widenFor(300)
    const values = column.upTo(4)
    values[3] = 300
    expect(Array.from(column.upTo(4))).toEqual([3, 0, 0, 300])
  })
})
