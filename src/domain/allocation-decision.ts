export const ALLOCATION_ACTIONS = [
  'expand',
  'cap_attempts',
  'trim_context',
  'cheaper_model',
  'fix',
  'keep_with_people',
  'replace_outsourcer',
  'needs_trial',
] as const
export type AllocationAction = (typeof ALLOCATION_ACTIONS)[number]

export type AllocationStatus = 'proposed' | 'approved' | 'rejected' | 'withdrawn'

/** A recommendation that a person approved or rejected, with its expected effect and later its measured one. Dollars a month. */
export interface AllocationDecision {
  id: string
  workflow: string
  segment: Record<string, string>
  action: AllocationAction
  /** What the action sets: `{maxAttempts: 2}`, `{model: "…"}`, `{maxInputTokens: 8000}`. */
  parameters: Record<string, string | number>
  title: string
  expectedMonthlyMicros: number | null
  interval: { low: number; high: number } | null
  evidence: string[]
  status: AllocationStatus
  decidedBy: string | null
  decidedAt: Date | null
  proposedAt: Date
}
