import type { TableSpec } from '../../domain/finding.ts'
import type { MicroDollars } from '../../domain/money.ts'
import { usd } from './build-findings.ts'
import type { StepNeed } from './context-needs.ts'
import { ratioOf } from './item-totals.ts'

const MOST_ROWS = 12

/** What the runs of the period carried in one step of one segment. */
export interface StepContext {
  calls: number
  tokens: number
  beyond: number
  /** Known cost of what was beyond need; null where none of it is known. */
  micros: MicroDollars | null
}

/** Steps of each segment of a dimension by the tokens that they carried beyond need. */
export function stepsTable(steps: ReadonlyMap<StepNeed, StepContext>, dimension: string | null): TableSpec {
  const keyOf = ({ workflow, segment, step }: StepNeed) => [workflow, segment, step].join('\u0000')
  const sorted = [...steps].sort(
    ([a, left], [b, right]) => right.beyond - left.beyond || (keyOf(a) < keyOf(b) ? -1 : 1),
  )
  return {
    title: 'Input tokens per call against resolved runs of the same step',
    columns: [
      // "true" says nothing without what is so.
      { label: dimension ?? 'Segment', unit: 'text' },
      { label: 'Step', unit: 'text' },
      { label: 'Calls', unit: 'calls' },
      { label: 'Tokens per call', unit: 'tokens' },
      { label: 'Typical when resolved', unit: 'tokens' },
      { label: 'Need', unit: 'tokens' },
      { label: 'Cost beyond need', unit: 'usd' },
    ],
    rows: sorted.slice(0, MOST_ROWS).map(([need, row]) => {
      const perCall = ratioOf(row.tokens, row.calls)
      return [
        ...[need.segment, need.step, row.calls, perCall, need.typical, need.need],
        row.beyond === 0 ? 0 : usd(row.micros),
      ]
    }),
  }
}

const CALL_BANDS: readonly [label: string, least: number][] = [
  ['1 or 2 calls', 1],
  ['3 to 5', 3],
  ['6 to 10', 6],
  ['11 to 20', 11],
  ['more than 20', 21],
]

/** Runs by how many model calls they made. */
export interface GrowthBand {
  label: string
  runs: number
  /** Those that reported their usage, and their input. */
  calls: number
  tokens: number
  resolved: number
}

export function emptyBands(): GrowthBand[] {
  return CALL_BANDS.map(([label]) => ({ label, runs: 0, calls: 0, tokens: 0, resolved: 0 }))
}

/** The band of a run; undefined where it made no call. */
export function bandOf(bands: readonly GrowthBand[], calls: number): GrowthBand | undefined {
  return bands[CALL_BANDS.findLastIndex(([, least]) => calls >= least)]
}

/** History that is carried along shows as input per call that grows with the number of calls in a run. */
export function growthTable(bands: readonly GrowthBand[]): TableSpec {
  return {
    title: 'History carried: input per call by length of the run',
    columns: [
      { label: 'Model calls in the run', unit: 'text' },
      { label: 'Runs', unit: 'runs' },
      { label: 'Input tokens per call', unit: 'tokens' },
      { label: 'Item resolved', unit: 'share' },
    ],
    rows: bands
      .filter((band) => band.runs > 0)
      .map((band) => [band.label, band.runs, ratioOf(band.tokens, band.calls), ratioOf(band.resolved, band.runs)]),
  }
}

/** What became of one document in the runs that got it. `told`: those that said whether it was used. */
export interface DocumentContext {
  runs: number
  told: number
  used: number
  micros: MicroDollars | null
}

/** Documents that were retrieved most and used least, with what reading them in vain cost. */
export function documentsTable(documents: ReadonlyMap<string, DocumentContext>): TableSpec {
  const unusedOf = (row: { told: number; used: number }) => row.told - row.used
  const sorted = [...documents]
    .filter(([, row]) => row.told > 0)
    .sort(([a, left], [b, right]) => unusedOf(right) - unusedOf(left) || (a < b ? -1 : 1))
  return {
    title: 'Documents retrieved and not used',
    columns: [
      { label: 'Document', unit: 'text' },
      { label: 'Runs that got it', unit: 'runs' },
      { label: 'Used', unit: 'share' },
      { label: 'Cost unused', unit: 'usd' },
    ],
    rows: sorted
      .slice(0, MOST_ROWS)
      .map(([id, row]) => [id, row.runs, row.used / row.told, unusedOf(row) === 0 ? 0 : usd(row.micros)]),
  }
}
