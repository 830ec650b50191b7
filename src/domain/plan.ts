import { z } from 'zod'
import { Period } from './period.ts'

/** Every analysis that the catalogue can hold. A question becomes one of these with its parameters. */
export const ANALYSES = [
  'explain_change',
  'compare_segments',
  'cost_per_resolved',
  'spend',
  'retry_tail',
  'spread',
  'context',
  'routing',
  'waste',
  'what_mattered',
  'marginal_utility',
  'baseline',
  'operating_metrics',
  'corrections',
  'find',
  'work_item',
  'help',
] as const
export const AnalysisName = z.enum(ANALYSES)
export type AnalysisName = z.infer<typeof AnalysisName>

export const METRICS = [
  'spend',
  'cost_per_resolved',
  'attempts',
  'tokens_per_call',
  'resolution_rate',
  'override_rate',
] as const
export const Metric = z.enum(METRICS)
export type Metric = z.infer<typeof Metric>

/** A question as data: validated before anything runs, whoever made it (rules or a model). */
export const Plan = z.strictObject({
  analysis: AnalysisName,
  workflow: z.string().min(1).max(255).optional(),
  metric: Metric.optional(),
  period: Period.optional(),
  comparison: Period.optional(),
  filters: z.record(z.string(), z.string()).optional(),
  groupBy: z.string().optional(),
  /** Words to look for (`find`), or the id of a work item or trace. */
  text: z.string().max(1000).optional(),
})
export type Plan = z.infer<typeof Plan>

/** From when, and from which knowledge, a question is answered. */
export interface Standpoint {
  /** The question's "now": nothing that happened after it is used. */
  asOf: Date
  /** Only what had been recorded by then; null: everything recorded so far. */
  knownAt: Date | null
  /** IANA time zone of days and weeks. */
  timeZone: string
}
