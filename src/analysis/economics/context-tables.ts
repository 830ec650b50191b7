import type { TableSpec } from '../../domain/finding.ts'
import { addKnown } from '../../domain/usage.ts'
import { usd } from './build-findings.ts'
import {
  needKey,
  type RunInContext,
  readNeedKey,
  type SegmentNamer,
  type StepNeed,
  tokensPerCall,
} from './context-needs.ts'
import { ratioOf } from './item-totals.ts'
import { cheapestInputPrice, priceDocument } from './price-unused-documents.ts'

const MOST_ROWS = 12

/** Steps of each segment by the tokens that they carried beyond need. */
export function stepsTable(
  runs: readonly RunInContext[],
  needs: ReadonlyMap<string, StepNeed>,
  segmentOf: SegmentNamer,
): TableSpec {
  const rows = new Map<string, { calls: number; tokens: number; beyond: number; micros: number | null }>()
  for (const { item, run, excess } of runs) {
    for (const step of run.steps) {
      const key = needKey(item, step, segmentOf)
      if (tokensPerCall(step) === null || !needs.has(key)) continue
      const row = rows.get(key) ?? { calls: 0, tokens: 0, beyond: 0, micros: null }
      row.calls += step.calls
      row.tokens += step.inputTokens!
      for (const one of excess) {
        if (one.step !== step) continue
        row.beyond += one.tokens
        if (one.micros !== null) row.micros = (row.micros ?? 0) + one.micros
      }
      rows.set(key, row)
    }
  }
  const sorted = [...rows].sort(([a, left], [b, right]) => right.beyond - left.beyond || (a < b ? -1 : 1))
  return {
    title: 'Input tokens per call against resolved runs of the same step',
    columns: [
      { label: 'Segment', unit: 'text' },
      { label: 'Step', unit: 'text' },
      { label: 'Calls', unit: 'calls' },
      { label: 'Tokens per call', unit: 'tokens' },
      { label: 'Typical when resolved', unit: 'tokens' },
      { label: 'Need', unit: 'tokens' },
      { label: 'Cost beyond need', unit: 'usd' },
    ],
    rows: sorted.slice(0, MOST_ROWS).map(([key, row]) => {
      const { segment, step } = readNeedKey(key)
      const need = needs.get(key)!
      const perCall = ratioOf(row.tokens, row.calls)
      return [segment, step, row.calls, perCall, need.typical, need.need, row.beyond === 0 ? 0 : usd(row.micros)]
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

/** Runs by how many model calls they made, with their input per call; bands without a run are left out. */
export function measureGrowth(runs: readonly RunInContext[]) {
  return CALL_BANDS.map(([label, least], index) => {
    const next = CALL_BANDS[index + 1]?.[1] ?? Number.POSITIVE_INFINITY
    const band = runs.filter(({ run }) => run.usage.calls >= least && run.usage.calls < next)
    const calls = band.reduce((sum, { run }) => sum + run.usage.calls - run.usage.callsWithoutUsage, 0)
    const tokens = band.reduce((sum, { run }) => sum + (run.usage.inputTokens ?? 0), 0)
    const resolved = band.filter(({ item }) => item.status === 'resolved').length
    return { label, runs: band.length, perCall: ratioOf(tokens, calls), resolved: ratioOf(resolved, band.length) }
  }).filter((row) => row.runs > 0)
}

/** History that is carried along shows as input per call that grows with the number of calls in a run. */
export function growthTable(runs: readonly RunInContext[]): TableSpec {
  return {
    title: 'History carried: input per call by length of the run',
    columns: [
      { label: 'Model calls in the run', unit: 'text' },
      { label: 'Runs', unit: 'runs' },
      { label: 'Input tokens per call', unit: 'tokens' },
      { label: 'Item resolved', unit: 'share' },
    ],
    rows: measureGrowth(runs).map((row) => [row.label, row.runs, row.perCall, row.resolved]),
  }
}

/** Documents that were retrieved most and used least, with what reading them in vain cost. */
export function documentsTable(runs: readonly RunInContext[], inputPrices: ReadonlyMap<string, number>): TableSpec {
  const documents = new Map<string, { runs: number; told: number; used: number; micros: number | null }>()
  for (const { run } of runs) {
    const price = cheapestInputPrice(run, inputPrices)
    for (const document of run.documents) {
      const row = documents.get(document.id) ?? { runs: 0, told: 0, used: 0, micros: null }
      row.runs++
      if (document.used !== null) row.told++
      if (document.used) row.used++
      if (document.used === false) row.micros = addKnown(row.micros, priceDocument(document, price))
      documents.set(document.id, row)
    }
  }
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
