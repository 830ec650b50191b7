import { inflateSync } from 'node:zlib'
import { expect, it } from 'vitest'
import { chartSvg } from '../../src/charts/chart-svg.ts'
import { renderChart } from '../../src/charts/render-chart.ts'
import type { ChartSpec } from '../../src/domain/finding.ts'

const spec: ChartSpec = {
  type: 'line',
  title: 'Cost per resolved claim',
  unit: 'usd',
  labels: ['26 Oct', '2 Nov', '9 Nov'],
  series: [{ name: 'claims', values: [1.31, null, 1.43] }],
}
const withoutWords: ChartSpec = { ...spec, title: ' ', labels: ['', ' ', '  '] }

it('writes title, labels and axis into the SVG', () => {
  const svg = chartSvg(spec, { width: 720, height: 380 })
  for (const word of ['Cost per resolved claim', '26 Oct', '9 Nov', '$']) expect(svg).toContain(word)
})

it('draws the words: the picture with them has more ink where they stand', async () => {
  const [withWords, without] = [inkOf(await renderChart(spec)), inkOf(await renderChart(withoutWords))]
  expect(withWords).toBeGreaterThan(without * 1.3)
})

it('gives the same bytes each time', async () => {
  expect(Buffer.from(await renderChart(spec)).equals(Buffer.from(await renderChart(spec)))).toBe(true)
})

it('leaves a gap for what is unknown', () => {
  const gap = chartSvg(spec, { width: 720, height: 380 })
  const zero = chartSvg({ ...spec, series: [{ name: 'claims', values: [1.31, 0, 1.43] }] }, { width: 720, height: 380 })
  expect(gap).not.toBe(zero)
})

/** Dark pixels of an 8-bit RGBA PNG. */
function inkOf(png: Uint8Array): number {
  const bytes = Buffer.from(png)
  const width = bytes.readUInt32BE(16)
  const parts: Buffer[] = []
  for (let at = 8; at < bytes.length; at += 12 + bytes.readUInt32BE(at)) {
    if (bytes.toString('latin1', at + 4, at + 8) === 'IDAT')
      parts.push(bytes.subarray(at + 8, at + 8 + bytes.readUInt32BE(at)))
  }
  const rows = unfilter(inflateSync(Buffer.concat(parts)), width * 4)
  let ink = 0
  for (let pixel = 0; pixel < rows.length; pixel += 4) if (rows[pixel]! < 140 && rows[pixel + 1]! < 140) ink++
  return ink
}

function unfilter(data: Buffer, stride: number): Buffer {
  const height = data.length / (stride + 1)
  const out = Buffer.alloc(height * stride)
  for (let row = 0; row < height; row++) {
    const filter = data[row * (stride + 1)]!
    for (let column = 0; column < stride; column++) {
      const left = column >= 4 ? out[row * stride + column - 4]! : 0
      const up = row > 0 ? out[(row - 1) * stride + column]! : 0
      const corner = row > 0 && column >= 4 ? out[(row - 1) * stride + column - 4]! : 0
      const predicted = [0, left, up, (left + up) >> 1, paeth(left, up, corner)][filter]!
      out[row * stride + column] = data[row * (stride + 1) + 1 + column]! + predicted
    }
  }
  return out
}

function paeth(left: number, up: number, corner: number): number {
  const estimate = left + up - corner
  const distances = [Math.abs(estimate - left), Math.abs(estimate - up), Math.abs(estimate - corner)]
  const least = Math.min(...distances)
  return least === distances[0] ? left : least === distances[1] ? up : corner
}
