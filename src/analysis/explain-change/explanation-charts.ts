import type { ChartSpec } from '../../domain/finding.ts'
import { toDollars } from '../../domain/money.ts'
import { costOfRow } from '../why/item-row.ts'
import { isInSegment } from '../why/segment.ts'
import type { Explanation } from './compute-explanation.ts'

/** The proof that people like best: the series with and without the guilty segment. */
export function explanationCharts({ rows, windows, causes }: Explanation): ChartSpec[] {
  const segment = causes[0]?.segment
  const sums = windows.map(() => ({ total: 0, without: 0 }))
  for (const row of rows) {
    const sum = sums[row.weekIndex]!
    sum.total += costOfRow(row)
    if (!segment || !isInSegment(row.dimensions, segment)) sum.without += costOfRow(row)
  }
  const series = [{ name: 'All', values: sums.map(({ total }) => toDollars(total)) }]
  if (segment && Object.keys(segment).length > 0) {
    series.push({ name: 'Without the segment', values: sums.map(({ without }) => toDollars(without)) })
  }
  return [{ type: 'line', title: 'Cost by period', unit: 'usd', labels: windows.map((period) => period.from), series }]
}
