import { z } from 'zod'

/** More would not fit where sums are kept. */
const MOST_DOLLARS = 1_000_000_000
const dollars = z.number().nonnegative().max(MOST_DOLLARS)

/** What a unit costs without the agent, or the revenue it brings. Amounts are in dollars. */
export const Baseline = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('bpo'),
    costPerUnit: dollars,
    /** Share of units that the outsourcer's work has to be done again for, at the same price: 0 to 1. */
    reworkShare: z.number().min(0).max(1).optional(),
    /** Dollars a unit that missed service levels cost. */
    slaCostPerUnit: dollars.optional(),
  }),
  z.strictObject({
    kind: z.literal('labour'),
    minutesPerUnit: dollars,
    hourlyRate: dollars,
    costPerUnit: dollars.optional(),
  }),
  z.strictObject({ kind: z.literal('revenue'), valuePerUnit: dollars }),
])
export type Baseline = z.infer<typeof Baseline>

export const Budget = z.strictObject({ amount: dollars, period: z.enum(['day', 'week', 'month', 'quarter', 'year']) })
export type Budget = z.infer<typeof Budget>

/** Body of `PUT /api/workflows/NAME`. */
export const WorkflowSettings = z.strictObject({
  unit: z.string().min(1).max(64),
  owners: z.array(z.string().min(1).max(255)).max(50).optional(),
  channel: z.string().max(255).optional(),
  baseline: Baseline.optional(),
  correctionHourlyRate: dollars.optional(),
  budget: Budget.optional(),
  dimensions: z.array(z.string().min(1).max(255)).max(50).optional(),
  /** False: nobody is told of its shifts. */
  watch: z.boolean().optional(),
})
export type WorkflowSettings = z.infer<typeof WorkflowSettings>

/** A kind of work that agents do. Known as soon as a trace names it; settings may come later. */
export interface Workflow extends WorkflowSettings {
  name: string
}

/** What a unit costs without the agent, in dollars; null where the baseline is revenue or absent. */
export function baselineCost(baseline: Baseline | undefined): number | null {
  if (!baseline || baseline.kind === 'revenue') return null
  if (baseline.kind === 'bpo') {
    return baseline.costPerUnit * (1 + (baseline.reworkShare ?? 0)) + (baseline.slaCostPerUnit ?? 0)
  }
  return baseline.costPerUnit ?? (baseline.minutesPerUnit / 60) * baseline.hourlyRate
}
