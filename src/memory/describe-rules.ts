import type { Db } from '../store/client.ts'
import { countRuleCitations, countRunsByRule, listRuleUses, type RuleUse } from '../store/queries/rule-citations.ts'
import { listRuleVersions } from '../store/queries/rules.ts'
import type { RuleVersion } from './rule-version-content.ts'

/** From when, and from which knowledge, a rule is looked at; null: now, and all that is recorded. */
export interface RuleStandpoint {
  asOf: Date | null
  knownAt: Date | null
}

export interface RuleVersionDocument {
  version: number
  text: string
  status: 'confirmed' | 'retired'
  exceptionTo: string | null
  confirmedBy: string
  /** Ids of the overrides that it was drawn from. */
  evidence: string[]
  validFrom: Date
  /** When the next version took its place; null: it still holds. */
  validUntil: Date | null
  recordedAt: Date
}

export interface RuleDocument {
  workflow: string
  id: string
  /** Of the version that holds; of a rule that is still to begin, the one that will. */
  text: string
  status: 'in_force' | 'to_begin' | 'retired'
  exceptionTo: string | null
  /** Ids of the rules in force that are exceptions to this one. */
  exceptions: string[]
  /** How many overrides and saved decisions name it. */
  citedBy: { overrides: number; decisions: number }
  /** Oldest first. */
  versions: RuleVersionDocument[]
}

export interface RuleWithUses extends RuleDocument {
  citedBy: RuleDocument['citedBy'] & { runs: number }
  /** The newest overrides and decisions that name it. */
  uses: RuleUse[]
}

const MOST_USES = 100

/** Rules with their versions and how often they are named, in the order of workflow and id. */
export async function listRuleDocuments(
  db: Db,
  workflow: string | null,
  standpoint: RuleStandpoint,
): Promise<RuleDocument[]> {
  const versions = await listRuleVersions(db, workflow ?? undefined)
  return documentRules(versions, await countRuleCitations(db, workflow, standpoint), standpoint)
}

/** One rule with who cites it; null where there was none by then. Letter case of the id does not matter. */
export async function describeRule(
  db: Db,
  rule: { workflow: string; id: string },
  standpoint: RuleStandpoint,
): Promise<RuleWithUses | null> {
  const all = await listRuleDocuments(db, rule.workflow, standpoint)
  const found = all.find((one) => one.id.toLowerCase() === rule.id.toLowerCase())
  if (!found) return null
  const runs = await countRunsByRule(db, found, standpoint)
  return {
    ...found,
    citedBy: { ...found.citedBy, runs },
    uses: await listRuleUses(db, found, standpoint, MOST_USES),
  }
}

interface Count {
  workflow: string
  rule: string
  overrides: number
  decisions: number
}

/** Pure. Versions in order; those that were not recorded by then are left out. */
export function documentRules(
  versions: readonly RuleVersion[],
  counts: readonly Count[],
  { asOf, knownAt }: RuleStandpoint,
): RuleDocument[] {
  const known = versions.filter((version) => !knownAt || version.recordedAt <= knownAt)
  const byRule = [...Map.groupBy(known, ({ workflow, id }) => JSON.stringify([workflow, id])).values()]
  const documents = byRule.map((group) => {
    // A later version takes the place of an earlier one from its own beginning, even where that lies further back.
    const holding = group.findLast((version) => !asOf || version.validFrom <= asOf) ?? group.at(-1)!
    const { workflow, id } = holding
    const count = counts.find((one) => one.workflow === workflow && one.rule === id.toLowerCase())
    return {
      workflow,
      id,
      text: holding.text,
      status: statusOf(holding, asOf),
      exceptionTo: holding.exceptionTo,
      exceptions: [] as string[],
      citedBy: { overrides: count?.overrides ?? 0, decisions: count?.decisions ?? 0 },
      versions: group.map(({ workflow: _workflow, id: _id, ...version }, index) => ({
        ...version,
        validUntil: group[index + 1]?.validFrom ?? null,
      })),
    }
  })
  for (const exception of documents) {
    const general = documents.find((one) => one.workflow === exception.workflow && one.id === exception.exceptionTo)
    if (general && exception.status === 'in_force') general.exceptions.push(exception.id)
  }
  return documents
}

function statusOf(version: RuleVersion, asOf: Date | null): RuleDocument['status'] {
  if (asOf && version.validFrom > asOf) return 'to_begin'
  return version.status === 'retired' ? 'retired' : 'in_force'
}
