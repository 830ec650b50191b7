import type { ChartSpec } from '../../domain/finding.ts'
import { toDollars } from '../../domain/money.ts'
import { costOfRow } from '../why/item-row.ts'
import { isInSegment } from '../why/segment.ts'
import type { Explanation } from './compute-explanation.ts'

/** The proof that people like best: the series with and without the guilty segment. */
export function explanationCharts({ rows, windows, causes }: Explanation): ChartSpec[] {
  const segment = causes[0]?.segment
  const sums = windows.map((_, index) => {
    const own = rows.filter((row) => row.weekIndex === index)
    const total = own.reduce((sum, row) => sum + costOfRow(row), 0)
    const inside = segment ? own.filter((row) => isInSegment(row.dimensions, segment)) : []
    return { total, without: total - inside.reduce((sum, row) => sum + costOfRow(row), 0) }
  })
  const series = [{ name: 'All', values: sums.map(({ total }) => toDollars(total)) }]
  if (segment && Object.keys(segment).length > 0) {
    series.push({ name: 'Without the segment', values: sums.map(({ without }) => toDollars(without)) })
  }
  return [{ type: 'line', title: 'Cost by period', unit: 'usd', labels: windows.map((period) => period.from), series }]
}
