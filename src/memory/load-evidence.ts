import type { AuditLink } from '../domain/audit-chain.ts'
import type { Db } from '../store/client.ts'
import { findAuditHead } from '../store/queries/audit-entries.ts'
import { listEntryVersions, listLinksOf } from '../store/queries/item-evidence.ts'
import { listRuleVersions } from '../store/queries/rules.ts'
import { documentRules, type RuleDocument } from './describe-rules.ts'

export type EntryVersion = Awaited<ReturnType<typeof listEntryVersions>>[number]

/** What proves a work item's decision trace beside its own rows. */
export interface Evidence {
  /** The rules that its corrections and runs name, with their versions; one that nobody confirmed is not among them. */
  rules: RuleDocument[]
  /** All versions of memory's entries about the item: what could have been found, and when. */
  memory: EntryVersion[]
  audit: {
    /** Of its corrections and of those rules, in the order of the chain. */
    links: AuditLink[]
    /** Where the chain ends now: `GET /api/audit/verify?head=` checks that it still holds this. */
    head: { position: number; hash: string } | null
  }
}

/** `knownAt` null: all that is recorded. */
export async function loadEvidence(
  db: Db,
  item: { workflow: string; id: string; overrides: readonly string[]; rules: readonly string[] },
  knownAt: Date | null,
): Promise<Evidence> {
  const { workflow } = item
  const cited = new Set(item.rules.map((rule) => rule.toLowerCase()))
  const versions = cited.size > 0 ? await listRuleVersions(db, workflow) : []
  const named = versions.filter((version) => cited.has(version.id.toLowerCase()))
  const rules = documentRules(named, [], { asOf: null, knownAt })
  const subjects = [
    ...item.overrides.map((id) => ({ kind: 'override' as const, workflow, id })),
    ...named.map(({ id, version }) => ({ kind: 'rule' as const, workflow, id: `${id}@${version}` })),
  ]
  return {
    rules,
    memory: await listEntryVersions(db, item, knownAt),
    audit: { links: await listLinksOf(db, subjects, knownAt), head: await findAuditHead(db) },
  }
}
