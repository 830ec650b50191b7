import { Problem } from '../domain/problem.ts'
import type { Db } from '../store/client.ts'
import { appendAuditEntries } from '../store/queries/append-audit-entries.ts'
import { markPendingMemory } from '../store/queries/mark-changes.ts'
import { findNewestRuleVersion, insertRuleVersion, type RuleRow } from '../store/queries/rules.ts'
import { ruleVersionContent } from './rule-version-content.ts'

export interface RuleToConfirm {
  workflow: string
  /** `HR-12`. */
  id: string
  text: string
  confirmedBy: string
  /** Ids of the overrides that it was drawn from. */
  evidence: string[]
  validFrom: Date
}

/** Makes the next version of a rule, in the audit chain. The same rule in the same words twice is one version. */
export async function confirmRule(db: Db, rule: RuleToConfirm, now: Date): Promise<RuleRow> {
  return saveVersion(db, { ...rule, status: 'confirmed' }, now)
}

/** Ends a rule; its versions stay. Throws a Problem where no such rule is in force. */
export async function retireRule(
  db: Db,
  rule: { workflow: string; id: string; retiredBy: string; validFrom: Date },
  now: Date,
): Promise<RuleRow> {
  const current = await findNewestRuleVersion(db, rule.workflow, rule.id)
  if (current?.status !== 'confirmed') {
    throw new Problem('unknown_rule', `There is no rule "${rule.id}" in force in ${rule.workflow}.`)
  }
  const { workflow, id, text, evidence } = current
  const { validFrom, retiredBy: confirmedBy } = rule
  return saveVersion(db, { workflow, id, text, evidence, validFrom, confirmedBy, status: 'retired' }, now)
}

async function saveVersion(db: Db, rule: RuleToConfirm & { status: RuleRow['status'] }, now: Date): Promise<RuleRow> {
  return db.transaction(async (tx) => {
    const newest = await findNewestRuleVersion(tx, rule.workflow, rule.id)
    if (newest && newest.text === rule.text && newest.status === rule.status) return newest
    // Two people at once would make the same version: the key lets one of them win, the other tries again.
    const version: RuleRow = { ...rule, version: (newest?.version ?? 0) + 1, recordedAt: now }
    await insertRuleVersion(tx, version)
    await appendAuditEntries(tx, [
      {
        kind: 'rule',
        subjectWorkflow: version.workflow,
        subjectId: `${version.id}@${version.version}`,
        content: ruleVersionContent(version),
        recordedAt: now,
      },
    ])
    await markPendingMemory(tx, [{ kind: 'rule', workflow: version.workflow, sourceId: version.id }], now)
    return version
  })
}
