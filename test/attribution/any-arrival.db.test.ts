import fc from 'fast-check'
import { expect, it } from 'vitest'
import { anyStory } from '../support/any-arrivals.ts'
import { describeWithDatabase } from '../support/database.ts'
import { tellBothWays } from './arrive.ts'

/** ARRIVAL_RUNS: more stories than the quick suite has time for. */
const RUNS = Number(process.env.ARRIVAL_RUNS ?? 12)

describeWithDatabase('facts', (database) => {
  it('are the same however spans, traces, outcomes and overrides arrive, and whenever they are attributed', async () => {
    await fc.assert(
      fc.asyncProperty(anyStory, async (story) => {
        const { atOnce, asItCame, packed, waiting } = await tellBothWays(database(), story)
        expect(asItCame).toEqual(atOnce)
        expect(packed).toEqual(atOnce)
        expect(waiting).toEqual([])
      }),
      { numRuns: RUNS },
    )
  }, 36_000_000)
})
