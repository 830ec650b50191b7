import { computeRouting } from '../../src/analysis/economics/compute-routing.ts'
import { computeWhatMattered } from '../../src/analysis/economics/compute-what-mattered.ts'
import { createRandom } from '../../src/analysis/why/seeded-random.ts'
import { makeParameters } from '../analysis/economics/make-items.ts'
import { drawWorld, LAW, scatteredSeed } from './economics-world.ts'

export interface ClaimRate {
  claim: string
  /** Share of worlds in which it was made though nothing is behind it. */
  share: number
  /** At most so often, says the analysis. */
  stated: number
}

/** How often "good enough", "worse" and "stands out" are claimed in worlds in which nothing is behind them. */
export function measureClaims(worlds: number, size: number): ClaimRate[] {
  const parameters = makeParameters({ groupBy: 'region' })
  const same = { ...LAW, dearModelAdds: 0, cost: { dear: 1, cheap: 1 } }
  // With one attempt an item, the rates of items differ by what those of attempts do.
  const worseByMargin = { ...LAW, dearModelAdds: 0.05, triesAgain: 0, cost: { dear: 1, cheap: 0.2 } }
  const shareOf = (law: typeof LAW, isClaimed: (items: ReturnType<typeof drawWorld>) => boolean) => {
    let claims = 0
    for (let world = 0; world < worlds; world++) {
      if (isClaimed(drawWorld(createRandom(scatteredSeed(50_000 + world)), size, law))) claims++
    }
    return Math.round((claims / worlds) * 1e3) / 1e3
  }
  const routes = (verdict: RegExp) => (items: ReturnType<typeof drawWorld>) =>
    computeRouting(items, parameters).findings.some((finding) => verdict.test(finding.id))
  return [
    {
      claim: 'same models: good enough, or worse',
      share: shareOf(same, routes(/^routing\.(?:good_enough|worse)\./)),
      stated: 0.05,
    },
    {
      claim: 'a cheaper model that is worse by the margin: good enough',
      share: shareOf(worseByMargin, routes(/^routing\.good_enough\./)),
      stated: 0.05,
    },
    {
      claim: 'a step without effect: stands out',
      share: shareOf(LAW, (items) =>
        computeWhatMattered(items, parameters).tables[0]!.rows.some((row) => row[6] === 'yes'),
      ),
      stated: 0.1,
    },
  ]
}
