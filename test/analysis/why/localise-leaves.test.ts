import { describe, expect, test } from 'vitest'
import { codeDimensions } from '../../../src/analysis/why/coded-table.ts'
import { type LeafLocalisationOptions, localiseLeaves } from '../../../src/analysis/why/localise-leaves.ts'
import { createRandom, drawNormal } from '../../../src/analysis/why/seeded-random.ts'
import { formatSegment } from '../../../src/analysis/why/segment.ts'

type Leaf = { region: string; model: string; step: string }

/** 10 × 8 × 12 leaves with 5 % noise; `factor` says how much each leaf moved. */
function plant(seed: number, factor: (leaf: Leaf) => number, options?: LeafLocalisationOptions) {
  const random = createRandom(seed)
  const leaves: Leaf[] = []
  for (let region = 0; region < 10; region++)
    for (let model = 0; model < 8; model++)
      for (let step = 0; step < 12; step++) leaves.push({ region: `r${region}`, model: `m${model}`, step: `s${step}` })
  const expected = Float64Array.from(leaves, () => 20 + 200 * random())
  const actual = Float64Array.from(leaves, (leaf, i) => expected[i]! * factor(leaf) * (1 + 0.05 * drawNormal(random)))
  const table = codeDimensions(
    (['region', 'model', 'step'] as const).map((name) => ({ name, values: leaves.map((leaf) => leaf[name]) })),
  )
  const found = localiseLeaves(table, actual, expected, options)
  return { found, segments: found.causes.map((cause) => formatSegment(cause.segment)) }
}

describe('localiseLeaves', () => {
  test('names one element, not its parents or children', () => {
    expect(plant(1, (leaf) => (leaf.region === 'r3' && leaf.model === 'm2' ? 1.5 : 1)).segments).toEqual([
      'region=r3&model=m2',
    ])
  })

  test('names two causes of different layers, and falls too', () => {
    const { segments } = plant(2, (leaf) =>
      leaf.step === 's4' || (leaf.region === 'r1' && leaf.model === 'm1') ? 0.6 : 1,
    )
    expect(segments.toSorted()).toEqual(['region=r1&model=m1', 'step=s4'])
  })

  test('names nothing in noise', () => {
    for (let seed = 10; seed < 30; seed++) expect(plant(seed, () => 1).segments).toEqual([])
  })

  test('finds a cause smaller than the noise of the total, whichever way the total went', () => {
    const lone = (leaf: Leaf) => (leaf.region === 'r7' && leaf.model === 'm6' && leaf.step === 's3' ? 0.3 : 1)
    for (const seed of [40, 41, 42, 43, 44, 45]) {
      expect(plant(seed, lone).segments).toEqual(['region=r7&model=m6&step=s3'])
    }
  })

  test('says that everything moved, where it did', () => {
    const { found, segments } = plant(3, () => 1.2)
    expect(segments).toEqual([])
    expect(found.broadFactor).toBeGreaterThan(1.18)
    expect(found.broadFactor).toBeLessThan(1.22)
  })

  test('with everything up, still names the element that rose further', () => {
    const { found, segments } = plant(4, (leaf) => (leaf.model === 'm5' ? 1.8 : 1.2))
    expect(segments).toEqual(['model=m5'])
    expect(found.broadFactor).toBeCloseTo(1.2, 1)
  })

  test('the speak gate drops what is too small to matter', () => {
    const tiny = (leaf: Leaf) => (leaf.region === 'r3' && leaf.model === 'm2' && leaf.step === 's1' ? 1.9 : 1)
    expect(plant(5, tiny).segments).toEqual(['region=r3&model=m2&step=s1'])
    expect(plant(5, tiny, { speakGate: true }).segments).toEqual([])
  })

  test('answers nothing for no data', () => {
    const empty = localiseLeaves(
      codeDimensions([{ name: 'region', values: [] }]),
      new Float64Array(),
      new Float64Array(),
    )
    expect(empty).toEqual({ causes: [], broadFactor: null })
  })
})
