import type { Block } from '../domain/answer.ts'
import type { ChartSpec } from '../domain/finding.ts'
import { escapeWithin } from '../narration/escape-mrkdwn.ts'
import { SLACK_LIMITS } from '../narration/slack-limits.ts'
import { section } from './message.ts'

interface Chart {
  type: string
  series?: { name: string; data: { label: string; value: number }[] }[]
  segments?: { label: string; value: number }[]
  axis_config?: { categories: string[] }
}

/** The same message in blocks that every Slack workspace takes: tables as monospaced text, charts as specs to draw. */
export function withoutNativeBlocks(blocks: Block[]): { blocks: Block[]; charts: ChartSpec[] } {
  const charts: ChartSpec[] = []
  const plain = blocks.flatMap((block): Block[] => {
    if (block.type === 'data_table' || block.type === 'table') return [tableAsText(block)]
    if (block.type === 'markdown') return [section(escapeWithin(String(block.text), SLACK_LIMITS.sectionText))]
    if (block.type === 'context_actions') return []
    if (block.type !== 'data_visualization') return [block]
    charts.push(chartOf(block))
    return []
  })
  return { blocks: plain, charts }
}

function tableAsText(block: Block): Block {
  const rows = (block.rows as { text?: string; value?: number }[][]).map((row) =>
    row.map((cell) => cell.text ?? String(cell.value ?? '')),
  )
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? []
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  )
  const caption = typeof block.caption === 'string' ? `${escapeWithin(block.caption, 200)}\n` : ''
  return section(`${caption}\`\`\`${escapeWithin(lines.join('\n').replaceAll('```', "'''"), 2600)}\`\`\``)
}

function chartOf(block: Block): ChartSpec {
  const chart = block.chart as Chart
  const labels = chart.axis_config?.categories ?? chart.segments?.map((segment) => segment.label) ?? []
  const series = chart.series ?? [{ name: String(block.title), data: chart.segments ?? [] }]
  return {
    type: chart.type === 'line' || chart.type === 'area' ? 'line' : 'bar',
    title: String(block.title),
    unit: 'none',
    labels,
    series: series.map(({ name, data }) => ({
      name,
      values: labels.map((label) => data.find((point) => point.label === label)?.value ?? null),
    })),
  }
}
