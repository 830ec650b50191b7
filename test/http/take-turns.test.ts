import { setImmediate } from 'node:timers/promises'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createTurns } from '../../src/http/take-turns.ts'

/** Work that ends when it is told to, and what of it is running. */
function createWork() {
  const running: { size: number; end: (error?: Error) => void }[] = []
  const started: number[] = []
  const work = (size: number) => () =>
    new Promise<number>((resolve, reject) => {
      started.push(size)
      const one = {
        size,
        end: (error?: Error) => {
          running.splice(running.indexOf(one), 1)
          if (error) reject(error)
          else resolve(size)
        },
      }
      running.push(one)
    })
  return { running, started, work }
}

it('runs in order what fits together, and always one', async () => {
  const takeTurn = createTurns(10)
  const { running, started, work } = createWork()
  const all = Promise.all([4, 6, 1, 30, 2].map((size) => takeTurn(size, work(size))))
  await setImmediate()
  // 1 would fit after 4 has ended, and 2 beside it; but 30 came before 2 and does not wait for ever.
  expect(started).toEqual([4, 6])
  running[0]!.end()
  await setImmediate()
  expect(started).toEqual([4, 6, 1])
  running[0]!.end()
  running[0]!.end()
  await setImmediate()
  expect(running.map(({ size }) => size)).toEqual([30])
  running[0]!.end()
  await setImmediate()
  running[0]!.end()
  expect(await all).toEqual([4, 6, 1, 30, 2])
})

it('makes way after work that failed or threw at once', async () => {
  const takeTurn = createTurns(1)
  const fails = takeTurn(1, async () => {
    throw new Error('no')
  })
  const throws = takeTurn(1, () => {
    throw new Error('neither')
  })
  const follows = takeTurn(1, async () => 'done')
  await expect(fails).rejects.toThrow('no')
  await expect(throws).rejects.toThrow('neither')
  expect(await follows).toBe('done')
})

it('ends every call, never with more at once than allowed', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 0, max: 15 }), { maxLength: 20 }), async (sizes) => {
      const takeTurn = createTurns(10)
      let total = 0
      let count = 0
      const results = await Promise.all(
        sizes.map((size) =>
          takeTurn(size, async () => {
            total += size
            count += 1
            expect(count === 1 || total <= 10).toBe(true)
            await setImmediate()
            total -= size
            count -= 1
            return size
          }),
        ),
      )
      expect(results).toEqual(sizes)
    }),
    { numRuns: 50 },
  )
})
