import type { ChartSpec } from '../../domain/finding.ts'
import { toDollars } from '../../domain/money.ts'
import { segmentTest } from '../why/segment-test.ts'
import { costAt } from '../why/usage-table.ts'
import type { Explanation } from './compute-explanation.ts'

/** The proof that people like best: the series with and without the guilty segment. */
export function explanationCharts({ table, windows, causes }: Explanation): ChartSpec[] {
  const segment = causes[0]?.segment
  const sums = windows.map(() => ({ total: 0, without: 0 }))
  const isInside = segment ? segmentTest(table.dimensions, segment) : () => false
  for (let row = 0; row < table.rowCount; row++) {
    const sum = sums[table.week[row]!]!
    const cost = costAt(table, row)
    sum.total += cost
    if (!isInside(row)) sum.without += cost
  }
  const series = [{ name: 'All', values: sums.map(({ total }) => toDollars(total)) }]
  if (segment && Object.keys(segment).length > 0) {
    series.push({ name: 'Without the segment', values: sums.map(({ without }) => toDollars(without)) })
  }
  return [{ type: 'line', title: 'Cost by period', unit: 'usd', labels: windows.map((period) => period.from), series }]
}
