import { expect, it } from 'vitest'
import type { AnalysisContext } from '../../../src/analysis/analysis.ts'
import { operatingMetricsAnalysis } from '../../../src/analysis/economics/operating-metrics.ts'
import { addDays } from '../../../src/domain/period.ts'
import { insertOperatingMetrics } from '../../../src/store/queries/insert-operating-metrics.ts'
import { describeWithDatabase } from '../../support/database.ts'
import { figureOf, findingOf } from './read-report.ts'

const RECORDED = new Date('2026-11-16T08:00:00Z')

describeWithDatabase('operating metrics', (database) => {
  const context = (knownAt: Date | null = null): AnalysisContext => ({
    db: database().db,
    standpoint: { asOf: new Date('2026-11-18T09:00:00Z'), knownAt, timeZone: 'UTC' },
    baseUrl: 'http://docket.test',
    workflows: [{ name: 'claims', unit: 'claim' }],
  })

  /** Sixteen weeks of an invoice that falls by 300 in the ninth, and of a headcount that does not move. */
  async function postMetrics() {
    const weeks = Array.from({ length: 16 }, (_, week) => addDays('2026-07-06', 7 * week))
    const common = { unit: 'usd', recordedAt: RECORDED }
    await insertOperatingMetrics(
      database().db,
      weeks.flatMap((periodStart, week) => {
        const swing = ((week * 7) % 5) - 2
        const period = { ...common, periodStart, periodEnd: addDays(periodStart, 7) }
        return [
          { ...period, id: `i${week}`, workflow: 'claims', metric: 'invoice', value: (week < 8 ? 1000 : 700) + swing },
          { ...period, id: `h${week}`, workflow: null, metric: 'headcount', value: 40 + swing, unit: 'people' },
        ]
      }),
    )
  }

  it('says what moved and what did not', async () => {
    await postMetrics()
    const plan = {
      ...{ analysis: 'operating_metrics' as const, workflow: 'claims' },
      period: { from: '2026-08-31', to: '2026-11-02' },
      comparison: { from: '2026-07-06', to: '2026-08-31' },
    }
    const report = await operatingMetricsAnalysis.run(context(), plan)
    expect(Number(figureOf(report, 'metric.invoice.effect'))).toBeGreaterThan(-310)
    expect(Number(figureOf(report, 'metric.invoice.effect'))).toBeLessThan(-290)
    expect(findingOf(report, 'metric.invoice.effect').interval!.high).toBeLessThan(0)
    expect(figureOf(report, 'metric.headcount')).toBe('within_normal_variation')
  })

  it('knows only what had been recorded', async () => {
    await postMetrics()
    const before = new Date('2026-11-01T00:00:00Z')
    const report = await operatingMetricsAnalysis.run(context(before), { analysis: 'operating_metrics' })
    expect(figureOf(report, 'verdict')).toBe('not_enough_data')
  })
})
