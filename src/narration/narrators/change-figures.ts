import type { Finding, Report } from '../../domain/finding.ts'
import type { Metric } from '../../domain/plan.ts'
import { numberOf } from '../find-figure.ts'
import { dollarStep, formatDollars } from '../format-money.ts'
import { formatValue } from '../format-number.ts'

/** The totals of an explained change, and how they are written: all dollars of one answer are rounded to one place. */
export interface ChangeFigures {
  now: Finding | undefined
  before: Finding | undefined
  change: Finding | undefined
  /** Where the value is in dollars: the place to which every part of it is rounded. */
  step: number
  sayNow(): string
  sayBefore(): string
  /** "$4,130 more"; null where nothing moved as displayed. */
  sayChange(): string | null
}

/**
 * Figures `METRIC`, `METRIC.before` and `METRIC.change`, a rate being explained by its dollars; else those that look like them
 * by period.
 */
export function changeFigures(report: Report, asked: Metric): ChangeFigures {
  const metric = asked === 'cost_per_resolved' && hasFigure(report, 'cost_per_resolved.change') ? asked : 'spend'
  const totals = report.findings.filter((one) => one.kind === 'figure' && !one.driver && !one.model)
  const byId = (id: string) => totals.find((one) => one.id === id)
  const change = byId(`${metric}.change`) ?? byId('change') ?? totals.find((one) => one.comparedWith)
  const now =
    byId(metric) ?? byId('now') ?? totals.find((one) => one !== change && one.period.from === change?.period.from)
  const before =
    byId(`${metric}.before`) ?? byId('before') ?? totals.find((one) => one.period.from === change?.comparedWith?.from)
  const largest = Math.max(Math.abs(numberOf(now) ?? 0), Math.abs(numberOf(before) ?? 0))
  const step = dollarStep(largest)
  const say = (finding: Finding | undefined) => {
    const value = numberOf(finding)
    if (value === null) return 'an unknown amount'
    return finding!.unit === 'usd' ? formatDollars(value, step) : formatValue(value, finding!.unit)
  }
  return {
    now,
    before,
    change,
    step,
    sayNow: () => say(now),
    sayBefore: () => say(before),
    sayChange: () => {
      const value = numberOf(change)
      if (value === null || !change) return null
      const size =
        change.unit === 'usd' ? formatDollars(Math.abs(value), step) : formatValue(Math.abs(value), change.unit)
      return /^\$?0(\.0+)?( %)?$/.test(size) ? null : `${size} ${value > 0 ? 'more' : 'less'}`
    },
  }
}

function hasFigure(report: Report, id: string): boolean {
  return report.findings.some((one) => one.id === id)
}
