import { SLACK_LIMITS } from '../../narration/slack-limits.ts'
import type { Fields, Report } from './report.ts'

/** A data_visualization block: pie, or bar, area and line over categories with one point for each. */
export function checkChart(block: Fields, pointer: string, report: Report): void {
  report.object(block, pointer, ['type', 'block_id', 'title', 'chart'])
  report.text(block.title, `${pointer}/title`, SLACK_LIMITS.chartTitle)
  const at = `${pointer}/chart`
  const chart = report.object(block.chart, at, ['type', 'segments', 'series', 'axis_config'])
  if (!chart) return
  report.oneOf(chart.type, `${at}/type`, ['pie', 'bar', 'area', 'line'], false)
  if (chart.type === 'pie') checkSegments(chart.segments, `${at}/segments`, report)
  else checkSeries(chart, at, report)
}

function checkSegments(value: unknown, pointer: string, report: Report): void {
  report.list(value, pointer, SLACK_LIMITS.chartSeries).forEach((segment, index) => {
    const fields = report.object(segment, `${pointer}/${index}`, ['label', 'value'])
    if (!fields) return
    report.text(fields.label, `${pointer}/${index}/label`, SLACK_LIMITS.chartLabel)
    report.number(fields.value, `${pointer}/${index}/value`, Number.MIN_VALUE, Number.MAX_VALUE)
  })
}

function checkSeries(chart: Fields, pointer: string, report: Report): void {
  const axis = report.object(chart.axis_config, `${pointer}/axis_config`, ['categories', 'x_label', 'y_label'])
  const categories = report.list(axis?.categories, `${pointer}/axis_config/categories`, SLACK_LIMITS.chartPoints)
  categories.forEach((category, index) => {
    report.text(category, `${pointer}/axis_config/categories/${index}`, SLACK_LIMITS.chartLabel)
  })
  if (new Set(categories).size !== categories.length)
    report.add(`${pointer}/axis_config/categories`, 'categories must be unique')
  for (const label of ['x_label', 'y_label']) {
    report.text(axis?.[label], `${pointer}/axis_config/${label}`, SLACK_LIMITS.chartAxisLabel, { optional: true })
  }
  const names = new Set<unknown>()
  report.list(chart.series, `${pointer}/series`, SLACK_LIMITS.chartSeries).forEach((series, index) => {
    const at = `${pointer}/series/${index}`
    const fields = report.object(series, at, ['name', 'data'])
    if (!fields) return
    report.text(fields.name, `${at}/name`, SLACK_LIMITS.chartLabel)
    if (names.has(fields.name)) report.add(`${at}/name`, 'series names must be unique')
    names.add(fields.name)
    const labels = report.list(fields.data, `${at}/data`, SLACK_LIMITS.chartPoints).map((point, pointIndex) => {
      const pointFields = report.object(point, `${at}/data/${pointIndex}`, ['label', 'value'])
      report.number(pointFields?.value, `${at}/data/${pointIndex}/value`, -Number.MAX_VALUE, Number.MAX_VALUE)
      return pointFields?.label
    })
    if (labels.length !== categories.length || labels.some((label) => !categories.includes(label))) {
      report.add(`${at}/data`, 'must have one point for each category')
    }
  })
}
