import type { Unit } from '../domain/finding.ts'
import { findFigure, numberAt } from './find-figure.ts'
import { sayComparison } from './format-dates.ts'
import { dollarStep, formatDollars } from './format-money.ts'
import { formatValue } from './format-number.ts'
import { type NarrationInput, periodsOf } from './narration.ts'

/** ", $4,130 more than the week before"; empty where there is nothing to compare with. Figures `ID`, `ID.before`, `ID.change`. */
export function sayChange(input: NarrationInput, id: string, unit: Unit): string {
  const { report, today } = input
  const { period } = periodsOf(input)
  const before = findFigure(report, `${id}.before`)
  const change = numberAt(report, `${id}.change`)
  if (!period || !before || typeof before.value !== 'number') return ''
  const compared = sayComparison(before.period, period, today)
  const then = `${/^(?:the week|\w+ \d|\w+day)/.test(compared) && !/^(?:as|the days)/.test(compared) ? '' : 'in '}${compared}`
  if (change === null) return `, against ${formatValue(before.value, unit)} ${then}`
  const now = numberAt(report, id) ?? before.value
  if (unit === 'usd') {
    const amount = formatDollars(Math.abs(change), dollarStep(Math.max(now, before.value)))
    if (/^\$0(\.0+)?$/.test(amount)) return `, as ${then}`
    return `, ${amount} ${change > 0 ? 'more' : 'less'} than ${compared}`
  }
  if (unit === 'share') return `, against ${formatValue(before.value, unit)} ${then}`
  return change === 0 ? `, as ${then}` : `, against ${formatValue(before.value, unit)} ${then}`
}

/** " (likely between $2.05 and $2.21)"; empty without an interval. */
export function sayInterval(input: NarrationInput, id: string): string {
  const finding = findFigure(input.report, id)
  if (!finding?.interval || typeof finding.value !== 'number') return ''
  const { low, high } = finding.interval
  const { unit } = finding
  if (unit === 'usd') {
    const step = dollarStep(finding.value)
    const [from, to] = [formatDollars(low, step), formatDollars(high, step)]
    return from === to ? '' : ` (likely between ${from} and ${to})`
  }
  const [from, to] = [formatValue(low, unit), formatValue(high, unit)]
  return from === to ? '' : ` (likely between ${from} and ${to})`
}
