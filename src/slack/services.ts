import type { Answer, AskRequest, Block } from '../domain/answer.ts'
import type { Citation, Finding } from '../domain/finding.ts'
import type { MemoryHit } from '../domain/memory-entry.ts'
import type { MicroDollars } from '../domain/money.ts'
import type { Override, OverrideInput } from '../domain/override.ts'
import type { CalendarDate, Period } from '../domain/period.ts'
import type { Budget } from '../domain/workflow.ts'

/** A workflow with the figures of its last whole week, as Home and `/docket workflow` show them. Null is unknown. */
export interface WorkflowFigures {
  name: string
  unit: string
  owners: string[]
  channel: string | null
  week: Period | null
  spentMicros: MicroDollars | null
  resolved: number | null
  costPerResolvedMicros: MicroDollars | null
  previousCostPerResolvedMicros: MicroDollars | null
  /** What one unit costs from an outsourcer or a person. */
  baselineMicros: MicroDollars | null
  budget: (Budget & { spentMicros: MicroDollars | null; from: CalendarDate; to: CalendarDate }) | null
}

/** A Slack message that a person saved as a decision. */
export interface DecisionInput {
  /** Stable for one submission, so that a repeated delivery saves one decision. */
  id: string
  title: string
  text: string
  workflow: string | null
  workItemId: string | null
  rule: string | null
  actor: string
  source: { channel: string; ts: string; permalink: string | null }
  occurredAt: Date
}

export interface DigestMessage {
  week: CalendarDate
  text: string
  blocks: Block[]
  findings: Finding[]
  citations: Citation[]
}

/** All that Slack's listeners ask of the rest of Docket: plain functions, filled in by main.ts. */
export interface SlackServices {
  ask(request: AskRequest): Promise<Answer>
  /** Redacts, records and chains; `costMicros` is null where the minutes or the hourly rate are unknown. */
  recordOverride(
    input: OverrideInput,
  ): Promise<{ override: Override; duplicate: boolean; costMicros: MicroDollars | null }>
  /** The digest of the week that begins on `week` (a Monday); the last whole week where absent. */
  composeDigest(week?: CalendarDate): Promise<DigestMessage>
  searchMemory(search: { text: string; limit: number }): Promise<MemoryHit[]>
  saveDecision(decision: DecisionInput): Promise<{ duplicate: boolean }>
  listWorkflows(): Promise<WorkflowFigures[]>
}
