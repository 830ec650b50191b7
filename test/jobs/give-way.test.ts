import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { createGiveWay } from '../../src/jobs/give-way.ts'

beforeEach(() => void vi.useFakeTimers({ toFake: ['setTimeout', 'performance'] }))
afterEach(() => void vi.useRealTimers())

/** How long it rests after work of `worked` milliseconds, while others need the time for `needed`. */
async function restOf(worked: number, needed: number): Promise<number> {
  const begun = performance.now()
  const resting = createGiveWay(() => performance.now() < begun + needed, { share: 0.2, longest: 2000 })(worked)
  let rested = Number.NaN
  void resting.then(() => {
    rested = performance.now() - begun
  })
  await vi.advanceTimersByTimeAsync(10_000)
  return rested
}

test('rests while it is in the way, and goes on as soon as it is not', async () => {
  expect(await restOf(500, 0)).toBe(0)
  expect(await restOf(500, 100)).toBe(100)
})

test('keeps its share of the time for itself', async () => {
  expect(await restOf(100, Number.POSITIVE_INFINITY)).toBe(400)
})

test('never stands still for longer than it may', async () => {
  expect(await restOf(60_000, Number.POSITIVE_INFINITY)).toBe(2000)
})
