import { BarChart, LineChart } from 'echarts/charts'
import { GridComponent, LegendComponent, TitleComponent } from 'echarts/components'
import { init, use } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'
import type { ChartSpec, Unit } from '../domain/finding.ts'

use([BarChart, LineChart, GridComponent, LegendComponent, TitleComponent, SVGRenderer])

/** Told apart by people with colour blindness as well (Okabe and Ito). */
const COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#e69f00', '#56b4e9']
const INK = '#1d1c1d'
const FAINT = '#6b6a6c'

/** A chart as SVG. Unknown values leave a gap; they are never drawn as 0. */
export function chartSvg(spec: ChartSpec, size: { width: number; height: number }): string {
  const chart = init(null, null, { renderer: 'svg', ssr: true, ...size })
  const several = spec.series.length > 1
  chart.setOption({
    animation: false,
    backgroundColor: '#ffffff',
    color: COLOURS,
    textStyle: { fontFamily: 'Inter', color: INK },
    title: { text: spec.title, left: 16, top: 12, textStyle: { fontSize: 16, fontWeight: 600, color: INK } },
    ...(several ? { legend: { bottom: 8, textStyle: { color: INK, fontFamily: 'Inter' } } } : {}),
    grid: {
      left: 20,
      right: 24,
      top: 60,
      bottom: several ? 48 : 18,
      outerBoundsMode: 'same',
      outerBoundsContain: 'axisLabel',
    },
    xAxis: {
      type: 'category',
      data: spec.labels,
      axisLabel: { color: FAINT, interval: 0, hideOverlap: true },
      axisTick: { show: false },
    },
    yAxis: { type: 'value', axisLabel: { color: FAINT, formatter: (value: number) => formatAxis(value, spec.unit) } },
    series: spec.series.map((series) => ({
      type: spec.type,
      name: series.name,
      data: series.values,
      connectNulls: false,
      ...(spec.type === 'line' ? { symbolSize: 6, lineStyle: { width: 2.5 } } : { barMaxWidth: 44 }),
    })),
  })
  const svg = chart.renderToSVGString()
  chart.dispose()
  return svg
}

const compact = new Intl.NumberFormat('en-US', { notation: 'compact', maximumFractionDigits: 2 })

function formatAxis(value: number, unit: Unit): string {
  if (unit === 'usd') return `${value < 0 ? '−' : ''}$${compact.format(Math.abs(value))}`
  if (unit === 'share' || unit === 'ratio') return `${Math.round(value * 100)} %`
  return compact.format(value)
}
