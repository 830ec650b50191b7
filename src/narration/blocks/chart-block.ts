import type { Block } from '../../domain/answer.ts'
import type { ChartSpec } from '../../domain/finding.ts'
import { truncateText } from '../escape-mrkdwn.ts'
import { formatShortDay } from '../format-dates.ts'
import { SLACK_LIMITS } from '../slack-limits.ts'

const FEWEST_POINTS = 2

/** A chart of an answer as a native chart; null where too few points are known, or labels would no longer differ. */
export function chartBlock(spec: ChartSpec): Block | null {
  const series = spec.series.slice(0, SLACK_LIMITS.chartSeries)
  // Slack wants a number for every category: a point that one series lacks is left out of all.
  const known = spec.labels
    .map((label, index) => ({ label: truncateText(sayLabel(label), SLACK_LIMITS.chartLabel), index }))
    .filter(({ label, index }) => label && series.every((one) => typeof one.values[index] === 'number'))
  // Of a series over time the latest points, of bars the first (the largest).
  const points =
    spec.type === 'line' ? known.slice(-SLACK_LIMITS.chartPoints) : known.slice(0, SLACK_LIMITS.chartPoints)
  const categories = points.map((point) => point.label)
  const names = series.map((one) => truncateText(one.name.trim(), SLACK_LIMITS.chartLabel))
  const isDistinct = new Set(categories).size === categories.length && new Set(names).size === names.length
  if (points.length < FEWEST_POINTS || series.length === 0 || !isDistinct || names.some((name) => !name)) return null
  return {
    type: 'data_visualization',
    title: truncateText(spec.title.trim(), SLACK_LIMITS.chartTitle) || 'Figures',
    chart: {
      type: spec.type,
      axis_config: { categories, ...(spec.unit === 'usd' && { y_label: 'US dollars' }) },
      series: series.map((one, at) => ({
        name: names[at],
        data: points.map(({ label, index }) => ({ label, value: one.values[index] })),
      })),
    },
  }
}

/** Days as people say them; anything else as it is. */
function sayLabel(label: string): string {
  const text = label.trim()
  return /^\d{4}-\d{2}-\d{2}$/.test(text) ? formatShortDay(text) : text
}
