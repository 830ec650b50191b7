import { drawNormal, type RandomSource } from '../../src/analysis/why/seeded-random.ts'
import type { WorkItemFact } from '../../src/domain/facts.ts'
import { makeCorrection, makeItem, makeRun, makeUse } from '../analysis/economics/make-items.ts'

/** How a world works: everything that the analyses estimate follows from these. */
export interface WorldLaw {
  /** Chance that an attempt resolves its item, by region. */
  resolution: { north: number; south: number }
  /** What the dear model adds to that chance. */
  dearModelAdds: number
  /** Mean dollars of an attempt by model, before the spread. */
  cost: { dear: number; cheap: number }
  /** Standard deviation of the logarithm of an attempt's cost and size. */
  spread: number
  correctionRate: number
  /** Chance that an attempt that did not resolve its item is followed by another. */
  triesAgain: number
  /** What the step `lookup` adds to the chance of resolution. */
  lookupAdds: number
}

export const LAW: WorldLaw = {
  resolution: { north: 0.75, south: 0.55 },
  dearModelAdds: 0.06,
  cost: { dear: 1, cheap: 0.6 },
  spread: 0.5,
  correctionRate: 0.12,
  triesAgain: 0.7,
  lookupAdds: 0,
}

const WEEKS = [Date.parse('2026-11-09T00:00:00Z'), Date.parse('2026-11-02T00:00:00Z')]
const MOST_ATTEMPTS = 3

/**
 * A seed for each world, far from the others' (Knuth's multiplicative hash): the generator only adds a constant to its seed, so worlds of
 * neighbouring seeds need not be independent of each other.
 */
export function scatteredSeed(world: number): number {
  return Math.imul(world + 1, 0x9e3779b1) >>> 0
}

/** `size` closed items of the week asked about and as many of the one before, in which everything went a little better. */
export function drawWorld(random: RandomSource, size: number, law: WorldLaw = LAW): WorkItemFact[] {
  return WEEKS.flatMap((week, index) =>
    Array.from({ length: size }, (_, at) =>
      drawItem(random, `claim-${index}-${at}`, week, index === 0 ? 0 : 0.05, law),
    ),
  )
}

function drawItem(random: RandomSource, workItemId: string, week: number, bonus: number, law: WorldLaw): WorkItemFact {
  const region = random() < 0.6 ? 'north' : 'south'
  const model = random() < 0.5 ? 'dear' : 'cheap'
  const startedAt = week + Math.floor(random() * 6 * 86_400_000)
  const runs = []
  let isResolved = false
  do {
    const hasLookup = random() < 0.5
    const chance =
      law.resolution[region] + bonus + (model === 'dear' ? law.dearModelAdds : 0) + (hasLookup ? law.lookupAdds : 0)
    const inputTokens = Math.round(4000 * Math.exp(law.spread * drawNormal(random)))
    // Most of the cost follows the input, the rest the output.
    const size = 0.7 * (inputTokens / 4000) + 0.3 * Math.exp(law.spread * drawNormal(random))
    const costMicros = Math.round(1e6 * law.cost[model] * size)
    const names = hasLookup ? ['assess', 'lookup'] : ['assess']
    const steps = names.map((name) => ({
      ...{ name, kind: 'llm', model, calls: 1, failed: 0 },
      ...{ inputTokens: Math.round(inputTokens / names.length), costMicros: Math.round(costMicros / names.length) },
    }))
    const use = makeUse({ model, calls: 2, inputTokens, outputTokens: 300, costMicros })
    runs.push(makeRun({ startedAt: new Date(startedAt + runs.length * 3_600_000), models: [use], steps }))
    isResolved = random() < chance
  } while (!isResolved && runs.length < MOST_ATTEMPTS && random() < law.triesAgain)
  const closedAt = new Date(startedAt + 12 * 3_600_000)
  const isCorrected = random() < law.correctionRate
  return makeItem({
    workItemId,
    attributes: { region },
    runs,
    overrides: isCorrected
      ? [makeCorrection({ id: `o-${workItemId}`, occurredAt: closedAt, costMicros: 2_000_000 })]
      : [],
    outcomes: [{ status: isResolved ? 'resolved' : 'failed', occurredAt: closedAt }],
  })
}
