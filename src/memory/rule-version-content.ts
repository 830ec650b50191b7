import type { rules } from '../store/schema/memory.ts'

export type RuleVersion = typeof rules.$inferSelect

/** The members of a rule's version that the audit chain covers. */
export function ruleVersionContent(version: RuleVersion): Record<string, unknown> {
  return {
    workflow: version.workflow,
    id: version.id,
    version: version.version,
    text: version.text.toWellFormed(),
    status: version.status,
    confirmedBy: version.confirmedBy,
    evidence: version.evidence,
    // Only where there is one: versions from before there were exceptions keep their hash.
    ...(version.exceptionTo !== null && { exceptionTo: version.exceptionTo }),
    validFrom: version.validFrom,
    recordedAt: version.recordedAt,
  }
}
