import { html, type VNode } from '../preact.js'
import { axisTicks, formatTick } from './chart-scale.ts'

export interface ChartFields {
  type: 'line' | 'area' | 'bar' | 'pie'
  series?: { name: string; data: { label: string; value: number }[] }[]
  segments?: { label: string; value: number }[]
  axis_config?: { categories: string[]; x_label?: string; y_label?: string }
}

const WIDTH = 520
const HEIGHT = 230
const PLOT = { left: 56, right: 12, top: 12, bottom: 30 }

/** A chart as SVG: lines and bars over categories; a pie is drawn as bars, which are easier to read. */
export function Chart({ title, chart }: { title: string; chart: ChartFields }): VNode {
  const series = chart.series ?? [{ name: title, data: chart.segments ?? [] }]
  const labels = chart.axis_config?.categories ?? (chart.segments ?? []).map((segment) => segment.label)
  const values = series.map(({ data }) =>
    labels.map((label) => data.find((point) => point.label === label)?.value ?? null),
  )
  const ticks = axisTicks(values.flat().filter((value) => value !== null))
  const low = ticks[0]!
  const high = ticks.at(-1)!
  const innerWidth = WIDTH - PLOT.left - PLOT.right
  const innerHeight = HEIGHT - PLOT.top - PLOT.bottom
  const band = innerWidth / Math.max(1, labels.length)
  const x = (index: number) => PLOT.left + band * (index + 0.5)
  const y = (value: number) => PLOT.top + innerHeight * (1 - (value - low) / (high - low || 1))
  const isBar = chart.type === 'bar' || chart.type === 'pie'
  const every = Math.ceil((labels.length * 62) / innerWidth)
  const summary = series
    .map(
      ({ name }, index) =>
        `${name}: ${labels.map((label, at) => `${label} ${values[index]![at] ?? 'unknown'}`).join(', ')}`,
    )
    .join('. ')
  return html`<figure class="chart">
    <figcaption>${title}</figcaption>
    <svg viewBox=${`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label=${`${title}. ${summary}`}>
      ${ticks.map(
        (
          tick,
        ) => html`<line class=${tick === 0 ? 'axis' : 'grid'} x1=${PLOT.left} x2=${WIDTH - PLOT.right} y1=${y(tick)} y2=${y(tick)} />
        <text class="tick" x=${PLOT.left - 8} y=${y(tick) + 4} text-anchor="end">${formatTick(tick)}</text>`,
      )}
      ${labels.map((label, index) => index % every === 0 && html`<text class="tick" x=${x(index)} y=${HEIGHT - 10} text-anchor="middle">${label}</text>`)}
      ${series.map((_, index) => (isBar ? bars(values[index]!, index, series.length, { x, y, band, labels }) : line(values[index]!, index, { x, y, labels })))}
    </svg>
    ${series.length > 1 && html`<div class="legend">${series.map(({ name }, index) => html`<span><i class=${`swatch series-${index}`}></i>${name}</span>`)}</div>`}
  </figure>`
}

interface Scale {
  x(index: number): number
  y(value: number): number
  labels: string[]
}

function line(values: (number | null)[], index: number, { x, y, labels }: Scale): VNode {
  let pen = 'M'
  const path = values
    .map((value, at) => {
      if (value === null) {
        pen = 'M'
        return ''
      }
      const step = `${pen}${x(at)},${y(value)}`
      pen = 'L'
      return step
    })
    .join('')
  return html`<g class=${`series-${index}`}><path d=${path} />${values.map(
    (value, at) =>
      value !== null &&
      html`<circle cx=${x(at)} cy=${y(value)} r="4"><title>${`${labels[at]}: ${value}`}</title></circle>`,
  )}</g>`
}

function bars(values: (number | null)[], index: number, count: number, scale: Scale & { band: number }): VNode {
  const width = Math.min(44, (scale.band * 0.7) / count)
  const offset = (index - count / 2) * width
  return html`<g class=${`series-${index}`}>${values.map((value, at) => {
    if (value === null) return null
    const top = Math.min(scale.y(value), scale.y(0))
    return html`<rect x=${scale.x(at) + offset} y=${top} width=${width - 2} height=${Math.max(1, Math.abs(scale.y(value) - scale.y(0)))} rx="2"><title>${`${scale.labels[at]}: ${value}`}</title></rect>`
  })}</g>`
}
