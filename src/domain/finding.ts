import type { Period } from './period.ts'

export type FindingKind = 'figure' | 'contribution' | 'cause' | 'verdict' | 'event'

export const VERDICTS = [
  'cause_found',
  'broad',
  'within_normal_variation',
  'not_enough_data',
  'data_incomplete',
] as const
export type Verdict = (typeof VERDICTS)[number]

export const DRIVERS = ['items', 'attempts', 'calls', 'tokens', 'price', 'corrections'] as const
export type Driver = (typeof DRIVERS)[number]

export type Unit =
  | 'usd'
  | 'items'
  | 'runs'
  | 'calls'
  | 'tokens'
  | 'ratio'
  | 'share'
  | 'minutes'
  | 'days'
  | 'count'
  | 'none'
  | (string & {})

/**
 * One computed statement. `value` is in `unit` (money: dollars exact to the micro-dollar; shares from 0 to 1); null is
 * unknown; a verdict or an event carries its word as a string.
 */
export interface Finding {
  /** Unique in its answer and stable: the same question on the same data gives the same id. */
  id: string
  kind: FindingKind
  label: string
  value: number | string | null
  unit: Unit
  period: Period
  comparedWith?: Period
  driver?: Driver
  segment?: Record<string, string>
  /** Where a dearer or cheaper model is what changed. */
  model?: string
  /** Part of the change or of the total, 0 to 1. */
  share?: number
  /** Items (or runs) that it rests on. */
  n?: number
  interval?: { low: number; high: number; level: number }
  /** How sure a named cause is, 0 to 1: the share of the evidence that points to it rather than to segments that overlap it. */
  confidence?: number
  /** Where it comes from: the analysis and the definition it used. */
  source: string
}

/** What an answer points to, so that a reader can check it. */
export interface Citation {
  kind: 'work_item' | 'trace' | 'override' | 'memory' | 'change' | 'rule' | 'allocation_decision' | 'thread'
  id: string
  title: string
  url: string
}

/** A line or bar chart as data; doors decide how to draw it. */
export interface ChartSpec {
  type: 'line' | 'bar'
  title: string
  /** Unit of the y axis. */
  unit: Unit
  labels: string[]
  series: { name: string; values: (number | null)[] }[]
}

/** A table as data. Cells are findings' values or names; `unit` says how a column is written. */
export interface TableSpec {
  title: string
  columns: { label: string; unit: Unit | 'text' }[]
  rows: (string | number | null)[][]
  /** The unit of each row's numbers, where rows differ in it: then it holds instead of the columns' own. */
  rowUnits?: Unit[]
}

/** What an analysis returns: computed statements only, no prose. */
export interface Report {
  findings: Finding[]
  tables: TableSpec[]
  charts: ChartSpec[]
  citations: Citation[]
  /** Facts about the data that a reader must know: coverage, open items, restatements, incomplete days. */
  caveats: Finding[]
  /** Other questions worth asking next, in plain English. */
  followUps: string[]
}
