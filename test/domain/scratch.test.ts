import { describe, expect, it } from 'vitest'
import { giveBack, LEAST_BYTES } from '../../src/domain/give-back.ts'
import { scratch, withScratch } from '../../src/domain/scratch.ts'

describe('scratch', () => {
  it('is given back when the computation that asked for it is done, whether it told anything or failed', () => {
    const taken: Uint32Array[] = []
    const take = () => {
      const array = scratch(Uint32Array, LEAST_BYTES)
      taken.push(array)
      return array.fill(7)
    }
    const sum = withScratch(() => {
      const outer = take()
      // One inside of another gives back its own.
      const inner = withScratch(() => take()[0]! * 3)
      expect([outer.length, taken[1]!.length]).toEqual([LEAST_BYTES, 0])
      giveBack(take())
      return inner + outer[0]!
    })
    expect(sum).toBe(28)
    expect(() =>
      withScratch(() => {
        take()
        throw new Error('no such value')
      }),
    ).toThrow('no such value')
    expect(taken.map((array) => array.length)).toEqual([0, 0, 0, 0])
  })

  it('outside of a computation is an array like any other', () => {
    withScratch(() => null)
    expect(scratch(Float64Array, 2)).toEqual(new Float64Array(2))
  })
})
