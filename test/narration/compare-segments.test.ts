import { expect, it } from 'vitest'
import type { Finding } from '../../src/domain/finding.ts'
import { narrate } from '../../src/narration/narrate.ts'
import { type NarrationInput, textOfNarration } from '../../src/narration/narration.ts'

const period = { from: '2026-11-02', to: '2026-11-16' }
const comparison = { from: '2026-10-19', to: '2026-11-02' }

function compared(first: number, premise: NarrationInput['premise'], interval: [low: number, high: number]): string {
  const figure = (id: string, label: string, value: number, more: Partial<Finding> = {}): Finding => ({
    ...{ id, kind: 'figure', label, value, unit: 'usd', period, source: 'test' },
    ...more,
  })
  const label = 'Cost per resolved claim'
  return textOfNarration(
    narrate({
      plan: {
        ...{ analysis: 'compare_segments', workflow: 'claims', metric: 'cost_per_resolved', period, comparison },
        ...{ filters: { dayKind: 'weekends' }, groupBy: 'dayKind', text: 'weekdays' },
      },
      report: {
        findings: [
          figure('unit_cost.first', `${label}, weekends`, first, { segment: { dayKind: 'weekends' }, n: 120 }),
          figure('unit_cost.second', `${label}, weekdays`, 2, { segment: { dayKind: 'weekdays' }, n: 900 }),
          figure('difference', `${label}: weekends − weekdays`, first - 2, {
            interval: { low: interval[0], high: interval[1], level: 0.95 },
          }),
        ],
        ...{ tables: [], charts: [], citations: [], caveats: [], followUps: [] },
      },
      ...{ unit: 'claim', today: '2026-11-18', timeZone: 'UTC', movedTo: null, remembered: [], premise },
    }),
  )
}

it('says that it is the other way round where the question takes the opposite for granted', () => {
  expect(compared(1.5, 'rise', [-0.7, -0.3])).toMatch(
    /^It is the other way round\. .* \$1\.50 for weekends \(n 120\) against \$2\.00 for weekdays .*less/,
  )
  expect(compared(2.5, 'fall', [0.3, 0.7])).toMatch(/^It is the other way round\./)
  expect(compared(1.9, 'rise', [-0.5, 0.3])).toMatch(/^The data do not show that\./)
})

it('says nothing of the kind where it is so, or where nothing is taken for granted', () => {
  expect(compared(2.5, 'rise', [0.3, 0.7])).toMatch(/^Cost per resolved claim/)
  expect(compared(1.5, null, [-0.7, -0.3])).toMatch(/^Cost per resolved claim/)
})
