import { array, assert, double, integer, option, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { joinNumbers, SparseNumbers, splitNumbers } from '../../../src/attribution/item-days/compact-numbers.ts'
import {
  asNullable,
  type Numbers,
  nullableAt,
  packNullable,
  packNumbers,
} from '../../../src/attribution/item-days/numbers.ts'
import { giveBack } from '../../../src/domain/give-back.ts'

const value = option(
  integer({ min: 0, max: 300 }).chain((highest) => integer({ min: 0, max: highest ** 3 })),
  { nil: null },
)
const fraction = option(double({ noNaN: true, min: -1e9, max: 1e12 }), { nil: null })

const columnsOf = (columns: Record<string, Numbers>) => ({
  has: (name: string) => name in columns,
  column: (name: string) => columns[name]!,
})

describe('numbers in less memory', () => {
  it('reads what the column says', () => {
    assert(
      property(array(value), array(fraction), (whole, fractions) => {
        for (const values of [whole, fractions, [...whole, ...fractions]]) {
          const column = packNullable(values)
          const read = values.map((_, index) => nullableAt(asNullable(column), index))
          const [compact, sparse] = [
            joinNumbers(columnsOf(splitNumbers('tokens', column)), 'tokens'),
            new SparseNumbers(asNullable(column)),
          ]
          expect(values.map((_, index) => compact.nullableAt(index))).toEqual(read)
          expect(values.map((_, index) => sparse.at(index))).toEqual(read)
          // In another order: backwards, and every third after that.
          const places = [...values.keys()].reverse()
          places.push(...places.filter((place) => place % 3 === 0))
          expect(places.map((place) => sparse.at(place))).toEqual(places.map((place) => read[place]))
          expect(values.map((_, index) => compact.at(index))).toEqual([...column])
        }
      }),
    )
  })

  it('takes three bytes where a number needs no fourth, and as many as it needs else', () => {
    const bytesOf = (values: number[]) =>
      Object.values(splitNumbers('tokens', packNumbers(values))).reduce((sum, { byteLength }) => sum + byteLength, 0)
    expect(bytesOf([1, 0xffffff])).toBe(6)
    expect(bytesOf([1, 0x1000000])).toBe(8)
    expect(bytesOf([1, 2])).toBe(2)
  })

  it('keeps nothing of places without a value', () => {
    const column = packNullable([null, 7, ...new Array<null>(1000).fill(null)])
    expect(new SparseNumbers(asNullable(column)).bytes).toBe(3)
  })
})

describe('giveBack', () => {
  it('empties an array, and leaves alone small ones and what shares its memory with others', () => {
    const [own, shared, small] = [new Uint32Array(5000), new Uint32Array(5000), new Uint32Array(10)]
    giveBack(own, shared.subarray(2), small, null)
    giveBack(own)
    expect([own.length, shared.length, small.length]).toEqual([0, 5000, 10])
  })
})
