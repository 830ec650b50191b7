import { createRequire } from 'node:module'
import { Resvg } from '@resvg/resvg-js'
import type { ChartSpec } from '../domain/finding.ts'

const require = createRequire(import.meta.url)

/** Resvg reads TrueType only; with WOFF it would silently leave every label out. */
const FONT_FILES = [
  require.resolve('@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf'),
  require.resolve('@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf'),
]

/** A chart as PNG at twice its size. The same spec gives the same bytes. */
export async function renderChart(spec: ChartSpec, size = { width: 720, height: 380 }): Promise<Uint8Array> {
  // Brought in by the first chart: a process that draws none, such as one that only takes traces in, has no use for its 60 MB.
  const { chartSvg } = await import('./chart-svg.ts')
  const svg = chartSvg(spec, size)
  const image = new Resvg(svg, {
    fitTo: { mode: 'zoom', value: 2 },
    font: { fontFiles: FONT_FILES, loadSystemFonts: false, defaultFontFamily: 'Inter' },
  })
  return image.render().asPng()
}
