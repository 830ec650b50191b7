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
  /** Id of the rule that this one is an exception to. */
  exceptionTo?: string | null
  confirmedBy: string
  /** Ids of the overrides that it was drawn from. */
  evidence: string[]
  validFrom: Date
}

export interface RuleToRetire {
  workflow: string
  id: string
  retiredBy: string
  /** When it ends. */
  validFrom: Date
}

/**
 * Makes the next version of a rule, in the audit chain. The same rule in the same words twice is one version. Throws a
 * Problem where it is an exception to a rule that is not in force. Its texts must be redacted already.
 */
export async function confirmRule(db: Db, rule: RuleToConfirm, now: Date): Promise<RuleRow> {
  const exceptionTo = rule.exceptionTo ?? null
  if (exceptionTo !== null) {
    const general = await findNewestRuleVersion(db, rule.workflow, exceptionTo)
    if (exceptionTo === rule.id || general?.status !== 'confirmed') throw notInForce(exceptionTo, rule.workflow)
  }
  return saveVersion(db, { ...rule, exceptionTo, status: 'confirmed' }, now)
}

/** Ends a rule; its versions stay. Throws a Problem where no such rule is in force. */
export async function retireRule(db: Db, rule: RuleToRetire, now: Date): Promise<RuleRow> {
  const current = await findNewestRuleVersion(db, rule.workflow, rule.id)
  if (current?.status !== 'confirmed') {
    throw notInForce(rule.id, rule.workflow)
  }
  const { workflow, id, text, evidence, exceptionTo } = current
  const { validFrom, retiredBy: confirmedBy } = rule
  return saveVersion(db, { workflow, id, text, evidence, exceptionTo, validFrom, confirmedBy, status: 'retired' }, now)
}

function notInForce(id: string, workflow: string): Problem {
  return new Problem('unknown_rule', `There is no rule "${id}" in force in ${workflow}.`)
}

async function saveVersion(
  db: Db,
  rule: RuleToConfirm & { exceptionTo: string | null; status: RuleRow['status'] },
  now: Date,
): Promise<RuleRow> {
  return db.transaction(async (tx) => {
    const newest = await findNewestRuleVersion(tx, rule.workflow, rule.id)
    const isSame =
      newest?.text === rule.text && newest.status === rule.status && newest.exceptionTo === rule.exceptionTo
    if (newest && isSame) return newest
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
