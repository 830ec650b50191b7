import { array, assert, integer, letrec, oneof, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { giveBack, LEAST_BYTES } from '../../src/domain/give-back.ts'
import { scratch, untilDone, withScratch } from '../../src/domain/scratch.ts'

/** A computation: arrays that it asks for, by their length, and computations inside of it. */
type Step = number | Step[]

const { steps } = letrec<{ step: Step; steps: Step[] }>((tie) => ({
  step: oneof({ maxDepth: 3 }, integer({ min: 1, max: 9000 }), tie('steps')),
  steps: array(tie('step'), { maxLength: 6 }),
}))

describe('scratch', () => {
  it('is zeros at first, belongs to one array only until its computation is done, and is given back with the last', () => {
    assert(
      property(steps, integer({ min: 1, max: 255 }), (outer, mark) => {
        const asked: Float64Array[] = []
        const compute = (inner: readonly Step[]): void => {
          const own = inner.flatMap((step): Float64Array[] => {
            if (typeof step !== 'number') {
              withScratch(() => compute(step))
              return []
            }
            const values = scratch(Float64Array, step)
            expect(values.every((value) => value === 0)).toBe(true)
            asked.push(values.fill(mark))
            return [values]
          })
          for (const values of own) expect(values.every((value) => value === mark)).toBe(true)
        }
        withScratch(() => compute(outer))
        expect(asked.every(({ length, byteLength }) => length === 0 || byteLength < LEAST_BYTES)).toBe(true)
      }),
    )
  })

  it('is given back where the computation fails, and has room for more than was expected', () => {
    const asked: Uint8Array[] = []
    const fail = () => {
      for (const size of [LEAST_BYTES, 3 << 20, LEAST_BYTES]) asked.push(scratch(Uint8Array, size))
      throw new Error('no such value')
    }
    expect(() => withScratch(fail)).toThrow('no such value')
    expect(asked.map(({ length }) => length)).toEqual([0, 0, 0])
  })

  it('outside of a computation is an array like any other', () => {
    withScratch(() => null)
    const values = scratch(Float64Array, LEAST_BYTES)
    expect([values.length, values.buffer.byteLength]).toEqual([LEAST_BYTES, 8 * LEAST_BYTES])
  })
})

describe('untilDone', () => {
  it('gives an array back with the computation, if that was not done before', () => {
    const make = () => untilDone(new Uint32Array(LEAST_BYTES))
    const kept = withScratch(() => {
      const [early, late] = [make(), make()]
      giveBack(early)
      expect([early.length, late.length]).toEqual([0, LEAST_BYTES])
      return late
    })
    expect(kept.length).toBe(0)
    expect(make().length).toBe(LEAST_BYTES)
  })
})
