import { describe, expect, test } from 'vitest'
import { codeDimensions } from '../../../src/analysis/why/coded-table.ts'
import { localiseRates } from '../../../src/analysis/why/localise-rates.ts'
import { createRandom } from '../../../src/analysis/why/seeded-random.ts'
import { formatSegment } from '../../../src/analysis/why/segment.ts'

/** 12 minutes of 4 × 5 leaves; `rate` gives the share of bad units of a leaf in a minute. */
function minutes(seed: number, rate: (minute: number, cdn: string, bitrate: string) => number) {
  const random = createRandom(seed)
  const rows: { time: number; cdn: string; bitrate: string; bad: number; total: number }[] = []
  for (let time = 0; time < 12; time++)
    for (let c = 0; c < 4; c++)
      for (let b = 0; b < 5; b++) {
        const total = 100 + Math.floor(400 * random())
        const share = rate(time, `c${c}`, `b${b}`)
        let bad = 0
        for (let unit = 0; unit < total; unit++) if (random() < share) bad++
        rows.push({ time, cdn: `c${c}`, bitrate: `b${b}`, bad, total })
      }
  const table = codeDimensions(
    (['cdn', 'bitrate'] as const).map((name) => ({ name, values: rows.map((row) => row[name]) })),
  )
  return {
    table,
    time: rows.map((row) => row.time),
    bad: rows.map((row) => row.bad),
    total: rows.map((row) => row.total),
  }
}

const namesOf = (rows: ReturnType<typeof minutes>) =>
  localiseRates(rows, 11).map((found) => formatSegment(found.segment))

describe('localiseRates', () => {
  test('names the one element whose rate rose', () => {
    expect(namesOf(minutes(1, (t, c, b) => (t === 11 && c === 'c2' && b === 'b3' ? 0.4 : 0.03)))).toEqual([
      'cdn=c2&bitrate=b3',
    ])
  })

  test('names two values of one dimension that rose alike', () => {
    const both = (t: number, _: string, b: string) => (t === 11 && (b === 'b1' || b === 'b4') ? 0.3 : 0.03)
    expect(namesOf(minutes(2, both)).toSorted()).toEqual(['bitrate=b1', 'bitrate=b4'])
  })

  test('does not call everything two values of a dimension', () => {
    const side = (cdn: string) => (cdn === 'c0' || cdn === 'c1' ? 'left' : 'right')
    const everywhere = minutes(5, (t) => (t === 11 ? 0.3 : 0.03))
    const values = everywhere.table.codes[0]!
    const rows = Array.from(values, (code) => side(everywhere.table.values[0]![code]!))
    const found = localiseRates({ ...everywhere, table: codeDimensions([{ name: 'side', values: rows }]) }, 11)
    expect(found).toHaveLength(1)
  })

  test('an earlier anomaly in the history does not hide the present one', () => {
    const twice = (t: number, c: string) => ((t === 11 && c === 'c1') || (t === 6 && c === 'c3') ? 0.3 : 0.03)
    expect(namesOf(minutes(3, twice))).toEqual(['cdn=c1'])
  })

  test('names nothing where the rate fell', () => {
    expect(namesOf(minutes(4, (t) => (t === 11 ? 0.01 : 0.03)))).toEqual([])
  })
})
