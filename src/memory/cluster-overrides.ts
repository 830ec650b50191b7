import type { Override } from '../domain/override.ts'
import { toSearchWords } from '../store/queries/search-words.ts'

/** An override with the attributes of its work item. */
export interface OverrideInContext extends Override {
  attributes: Record<string, unknown>
}

/** Overrides that say the same: a candidate for a rule. */
export interface OverrideCluster {
  workflow: string
  agentDecision: string
  humanDecision: string
  /** The rule that most of them cite; null where most cite none. */
  rule: string | null
  /** The reason that has most in common with the others. */
  reason: string
  /** Attributes that nearly all of their work items share. */
  segment: Record<string, string>
  /** In order of time. */
  overrides: OverrideInContext[]
}

/** Reasons are alike where they share at least half of their words (Jaccard). */
const ALIKE = 0.5
const SHARED = 0.8
const TOO_SHORT = 3

/**
 * Groups overrides that make the same correction and cite the same rule or give like reasons. In order of size. The same
 * overrides make the same clusters, whatever their order.
 */
export function clusterOverrides(overrides: readonly OverrideInContext[], minimum: number): OverrideCluster[] {
  const inTime = overrides.toSorted(
    (a, b) => a.occurredAt.getTime() - b.occurredAt.getTime() || (a.id < b.id ? -1 : a.id > b.id ? 1 : 0),
  )
  const sameCorrection = Map.groupBy(inTime, (override) =>
    JSON.stringify([override.workflow, toSearchWords(override.agentDecision), toSearchWords(override.humanDecision)]),
  )
  return [...sameCorrection.values()]
    .flatMap(groupByReason)
    .filter((group) => group.length >= minimum)
    .map(toCluster)
    .sort((a, b) => b.overrides.length - a.overrides.length || (a.overrides[0]!.id < b.overrides[0]!.id ? -1 : 1))
}

/** Each override joins the first group that cites its rule or, without a rule, whose first reason is like its own. */
function groupByReason(overrides: readonly OverrideInContext[]): OverrideInContext[][] {
  const groups: { rule: string | null; words: Set<string>; members: OverrideInContext[] }[] = []
  // Those with a rule first, so that a reason without one can join them.
  const ordered = [...overrides.filter((override) => override.rule), ...overrides.filter((override) => !override.rule)]
  for (const override of ordered) {
    const rule = override.rule?.trim().toLowerCase() ?? null
    const words = wordsOf(override.reason)
    const group = groups.find((candidate) =>
      rule ? candidate.rule === rule : similarity(candidate.words, words) >= ALIKE,
    )
    if (group) group.members.push(override)
    else groups.push({ rule, words, members: [override] })
  }
  return groups.map((group) => group.members)
}

function toCluster(members: OverrideInContext[]): OverrideCluster {
  const overrides = members.toSorted(
    (a, b) => a.occurredAt.getTime() - b.occurredAt.getTime() || (a.id < b.id ? -1 : 1),
  )
  const [first] = overrides
  const rules = overrides.map((override) => override.rule)
  return {
    workflow: first!.workflow,
    agentDecision: first!.agentDecision,
    humanDecision: first!.humanDecision,
    rule: commonest(rules),
    reason: centralReason(overrides.map((override) => override.reason)),
    segment: sharedAttributes(overrides),
    overrides,
  }
}

function commonest<Value>(values: readonly Value[]): Value {
  const counts = new Map<Value, number>()
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1)
  return [...counts].reduce((best, entry) => (entry[1] > best[1] ? entry : best))[0]
}

function centralReason(reasons: readonly string[]): string {
  const words = reasons.map(wordsOf)
  const closeness = words.map((own) => words.reduce((sum, other) => sum + similarity(own, other), 0))
  return reasons[closeness.indexOf(Math.max(...closeness))]!
}

function sharedAttributes(overrides: readonly OverrideInContext[]): Record<string, string> {
  const counts = new Map<string, { name: string; value: string; count: number }>()
  for (const [name, value] of overrides.flatMap((override) => Object.entries(override.attributes))) {
    if (value === null || value === undefined || typeof value === 'object') continue
    const key = JSON.stringify([name, String(value)])
    counts.set(key, { name, value: String(value), count: (counts.get(key)?.count ?? 0) + 1 })
  }
  const shared = [...counts.values()].filter(({ count }) => count >= SHARED * overrides.length)
  return Object.fromEntries(shared.sort((a, b) => (a.name < b.name ? -1 : 1)).map(({ name, value }) => [name, value]))
}

function wordsOf(text: string): Set<string> {
  return new Set(
    toSearchWords(text)
      .split(' ')
      .filter((word) => word.length >= TOO_SHORT),
  )
}

function similarity(a: ReadonlySet<string>, b: ReadonlySet<string>): number {
  const common = [...a].filter((word) => b.has(word)).length
  const all = a.size + b.size - common
  return all === 0 ? 0 : common / all
}
