import type { EntryDraft } from '../../store/queries/save-memory-entries.ts'
import type { RuleVersion } from '../rule-version-content.ts'
import { sayCount, sayInstant, sayLines, shorten } from './say.ts'

/** A rule as it stands after this version of it; a version of its entry is kept for each version of the rule. */
export function makeRuleEntry(rule: RuleVersion): EntryDraft {
  const retired = rule.status === 'retired'
  return {
    id: `rule:${rule.workflow}:${rule.id}`,
    kind: 'rule',
    workflow: rule.workflow,
    workItemId: null,
    title: shorten(`Rule ${rule.id}${retired ? ' (retired)' : ''}: ${rule.text}`, 200),
    text: sayLines([
      rule.text,
      `Version ${rule.version} of rule ${rule.id} in ${rule.workflow}, ${retired ? 'retired' : 'confirmed'} by ${rule.confirmedBy}, ${retired ? 'ended' : 'valid from'} ${sayInstant(rule.validFrom)}`,
      rule.exceptionTo && `An exception to rule ${rule.exceptionTo}`,
      rule.evidence.length > 0 && `Drawn from ${sayCount(rule.evidence.length, 'override')}`,
    ]),
    actor: rule.confirmedBy,
    rule: rule.id,
    outcome: null,
    attributes: {},
    sources: [
      { kind: 'rule', id: `${rule.id}@${rule.version}` },
      ...rule.evidence.map((id) => ({ kind: 'override' as const, id })),
    ],
    occurredAt: rule.validFrom,
    latestAt: rule.validFrom,
    recordedAt: rule.recordedAt,
    supersededBy: null,
    identifiers: [rule.id, rule.exceptionTo ?? ''],
  }
}
