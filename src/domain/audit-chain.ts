import { createHash } from 'node:crypto'
import type { AllocationDecision } from './allocation-decision.ts'
import { canonicalJson } from './canonical-json.ts'
import type { Override } from './override.ts'

export type AuditKind = 'override' | 'override_erased' | 'rule' | 'allocation_decision'

/** What an entry is about: a row, by the workflow and the id that it has in its own table. */
export interface AuditSubject {
  workflow: string
  id: string
}

/** One link: it holds the hash of its content, not the content, so that erasing a person leaves the chain whole. */
export interface AuditLink {
  /** 1, 2, 3 … */
  position: number
  kind: AuditKind
  subject: AuditSubject
  contentHash: string
  previousHash: string
  hash: string
  recordedAt: Date
}

/** The hash before the first entry. */
export const GENESIS = '0'.repeat(64)

/** SHA-256, in hex, over the canonical JSON of a content: the order of keys does not matter. */
export function contentHash(content: unknown): string {
  return sha256(canonicalJson(content))
}

/** SHA-256, in hex, of one link: it covers its place, its subject, its content's hash, its time and the hash before it. */
export function entryHash(
  previousHash: string,
  position: number,
  kind: AuditKind,
  subject: AuditSubject,
  hashOfContent: string,
  recordedAt: Date,
): string {
  const { workflow, id } = subject
  return sha256(
    canonicalJson({
      previousHash,
      position,
      kind,
      subject: { workflow, id },
      contentHash: hashOfContent,
      recordedAt: recordedAt.toISOString(),
    }),
  )
}

/** The members of an override that the chain covers: what its row holds, so that the hash can be made again from the row. */
export function overrideContent(override: Override): Record<string, unknown> {
  return wellFormed({
    workflow: override.workflow,
    id: override.id,
    workItemId: override.workItemId,
    traceId: override.traceId ?? null,
    stepId: override.stepId ?? null,
    agentDecision: override.agentDecision,
    humanDecision: override.humanDecision,
    reason: override.reason,
    rule: override.rule ?? null,
    actor: override.actor,
    minutes: override.minutes ?? null,
    occurredAt: override.occurredAt,
    recordedAt: override.recordedAt,
  })
}

/** The members of an allocation decision that the chain covers. */
export function allocationDecisionContent(decision: AllocationDecision): Record<string, unknown> {
  return wellFormed({
    id: decision.id,
    workflow: decision.workflow,
    segment: decision.segment,
    action: decision.action,
    parameters: decision.parameters,
    title: decision.title,
    expectedMonthlyMicros: decision.expectedMonthlyMicros ?? null,
    interval: decision.interval ?? null,
    evidence: decision.evidence,
    status: decision.status,
    decidedBy: decision.decidedBy ?? null,
    decidedAt: decision.decidedAt ?? null,
    proposedAt: decision.proposedAt,
  })
}

/** A database stores no half of a surrogate pair, so a content with one would hash differently once read back. */
function wellFormed(content: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(content).map(([key, value]) => [key, typeof value === 'string' ? value.toWellFormed() : value]),
  )
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex')
}
