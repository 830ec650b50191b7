import { describe, expect, it } from 'vitest'
import { createAskWorld, PLANTED_WEEKS } from './ask-world.ts'

const ITEMS = 6000

function readRuns(): string[][] {
  return [...createAskWorld(ITEMS).portions()].flatMap((rows) => rows.run_facts).map((row) => row.trimEnd().split('\t'))
}

describe('createAskWorld', () => {
  it('makes as many items as asked for, 1.6 runs each or a little more where retries are planted, the same every time', () => {
    const runs = readRuns()
    expect(new Set(runs.map((run) => run[3])).size).toBe(ITEMS)
    expect(runs.length / ITEMS).toBeGreaterThan(1.55)
    expect(runs.length / ITEMS).toBeLessThan(1.7)
    expect(new Set(runs.map((run) => run[0])).size).toBe(runs.length)
    expect(readRuns()).toEqual(runs)
  })

  it('plants twice the tokens in the segment of its last week', () => {
    const { monday, segment } = PLANTED_WEEKS[0]!
    const mean = (isWanted: (run: string[]) => boolean) => {
      const tokens = readRuns()
        .filter((run) => JSON.parse(run[30]!).region === segment.region && isWanted(run))
        .map((run) => Number(run[18]))
      return tokens.reduce((sum, one) => sum + one, 0) / tokens.length
    }
    const ratio = mean((run) => run[10]! >= monday) / mean((run) => run[10]! < monday)
    expect(ratio).toBeGreaterThan(1.7)
    expect(ratio).toBeLessThan(2.3)
  })
})
