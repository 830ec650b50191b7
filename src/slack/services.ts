import type { FoundDimension } from '../analysis/economics/find-dimensions.ts'
import type { Digest } from '../digest/compose-digest.ts'
import type { WorkflowFigures } from '../digest/workflow-figures.ts'
import type { Answer, AskRequest } from '../domain/answer.ts'
import type { ContractPrice, ContractPriceInput } from '../domain/contract-price.ts'
import type { MemoryHit } from '../domain/memory-entry.ts'
import type { MicroDollars } from '../domain/money.ts'
import type { Override, OverrideInput } from '../domain/override.ts'
import type { CandidateConfirmation, OverrideCandidate } from '../domain/override-candidate.ts'
import type { CalendarDate } from '../domain/period.ts'
import type { Workflow, WorkflowSettings } from '../domain/workflow.ts'
import type { RuleToConfirm, RuleToRetire } from '../memory/confirm-rule.ts'
import type { DecisionToSave } from '../memory/save-decision.ts'
import type { Reattribution } from '../store/queries/reattributions.ts'
import type { RuleRow } from '../store/queries/rules.ts'

export interface WorkflowWithDimensions {
  workflow: Workflow
  found: FoundDimension[]
}

/** All that Slack's listeners ask of the rest of Docket: plain functions, filled in by main.ts. */
export interface SlackServices {
  ask(request: AskRequest): Promise<Answer>
  /** Redacts, records and chains; `costMicros` is null where the minutes or the hourly rate are unknown. */
  recordOverride(
    input: OverrideInput,
  ): Promise<{ override: Override; duplicate: boolean; costMicros: MicroDollars | null }>
  /** Makes an override of what a person said of a step elsewhere. Throws a Problem where it is settled or not there. */
  confirmCandidate(
    id: string,
    said: CandidateConfirmation,
  ): Promise<{ override: Override; duplicate: boolean; costMicros: MicroDollars | null }>
  dismissCandidate(id: string, actor: string): Promise<OverrideCandidate>
  /** The digest of the week that begins on `week` (a Monday); the last whole week where absent. */
  composeDigest(week?: CalendarDate): Promise<Digest>
  searchMemory(search: { text: string; limit: number }): Promise<MemoryHit[]>
  saveDecision(decision: DecisionToSave): Promise<{ duplicate: boolean }>
  /** Redacts, records and chains the next version of a rule. */
  confirmRule(rule: RuleToConfirm): Promise<RuleRow>
  retireRule(rule: RuleToRetire): Promise<RuleRow>
  listWorkflows(): Promise<WorkflowFigures[]>
  listWorkflowNames(): Promise<string[]>
  /** What is set of every workflow, without figures. */
  listWorkflowSettings(): Promise<Workflow[]>
  /** A workflow's settings with the dimensions that its items show; null where it is not known. */
  loadWorkflow(name: string): Promise<WorkflowWithDimensions | null>
  /** Sets a workflow's settings as a whole. */
  saveWorkflow(name: string, settings: WorkflowSettings): Promise<void>
  /** By model, then by when they begin. */
  listContractPrices(): Promise<ContractPrice[]>
  /** One for the same subject from the same instant takes its place. */
  setContractPrice(price: ContractPriceInput, by: string): Promise<ContractPrice>
  /** Asks for runs to be priced again and keeps who asked; what came of it is told to `tell` when the last is done. */
  repriceRuns(
    request: Pick<Reattribution, 'workflow' | 'from' | 'to' | 'requestedBy'>,
    tell: { channel: string; user: string },
  ): Promise<Reattribution>
}
