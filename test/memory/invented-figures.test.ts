import { expect, it } from 'vitest'
import { inventedFigures } from '../../src/memory/invented-figures.ts'

const SOURCE =
  'Attempt 2 at claim-8841 by adjudicator v3, Tue 17 Nov 2026, 09:12 UTC. Ignored policy-7. $1,204.50 for 6 model calls, 12% of it cached'

it.each([
  ['At 09:12 UTC on 17 Nov 2026, claim-8841 went to its attempt 2: six calls for $1,204.50.', []],
  ['It was Claim-8841, and policy-7 was left out; 12% was cached.', []],
  ['It tried two times, twice.', []],
  ['It tried three times.', ['three']],
  ['It cost $1,204.', ['$1,204']],
  ['It cost 1204.50 dollars on 2026-11-17.', ['1204.50', '2026-11-17']],
  ['claim-8842 was about 12 documents.', ['claim-8842', '12']],
  ['No figure at all.', []],
])('%s', (text, invented) => expect(inventedFigures(text, SOURCE)).toEqual(invented))
