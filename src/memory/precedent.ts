import type { MemoryKind, MemorySource } from '../domain/memory-entry.ts'

/** An earlier case that answers "have we seen this before, who decided it, and why?" */
export interface Precedent {
  /** Of the memory entry. */
  id: string
  kind: MemoryKind
  workflow: string | null
  workItemId: string | null
  title: string
  snippet: string
  score: number
  occurredAt: Date
  /** What the agent decided; null where no agent did, or none said. */
  proposed: string | null
  /** Of a run: people overruled it, so that its own decision did not hold. */
  overruled: boolean
  /** What people decided instead; null where nobody overruled. */
  decided: string | null
  why: string | null
  rule: string | null
  decidedBy: string | null
  /** Status of the work item afterwards; null where it is not known. */
  outcome: string | null
  /** Ids of precedents in this answer that decided a like case otherwise. */
  contradictedBy: string[]
  sources: MemorySource[]
}

/**
 * `agree`: all that decided, decided the same. `contradict`: like cases were decided differently. `differ`: cases were
 * decided differently, but they are not alike. `single`: one decided. `none`: none did.
 */
export type Agreement = 'agree' | 'contradict' | 'differ' | 'single' | 'none'

export interface PrecedentReport {
  /** What was searched for, in words. */
  situation: string
  agreement: Agreement
  /** How the precedents were decided, the commonest first. */
  decisions: { decision: string; count: number; precedents: string[] }[]
  precedents: Precedent[]
}

/** What holds in a case: what people decided, else the agent's decision where the item was resolved with it. */
export function effectiveDecision(
  precedent: Pick<Precedent, 'proposed' | 'decided' | 'overruled' | 'outcome'>,
): string | null {
  const held = precedent.outcome === 'resolved' && !precedent.overruled
  return precedent.decided ?? (held ? precedent.proposed : null)
}

const comparable = (decision: string) => decision.trim().toLowerCase().replace(/\s+/g, ' ')

/**
 * Sets beside each other what was decided in like cases. Cases of one workflow are alike where they rest on the same rule,
 * or where either names no rule and the agent proposed the same.
 */
export function comparePrecedents(situation: string, found: readonly Precedent[]): PrecedentReport {
  const decided = found.flatMap((precedent) => {
    const decision = effectiveDecision(precedent)
    return decision === null ? [] : [{ precedent, decision }]
  })
  const precedents = found.map((precedent) => {
    const own = effectiveDecision(precedent)
    const others = own === null ? [] : decided.filter((other) => areAlike(precedent, other.precedent))
    return {
      ...precedent,
      contradictedBy: others
        .filter((other) => comparable(other.decision) !== comparable(own!))
        .map((other) => other.precedent.id),
    }
  })
  const groups = [...Map.groupBy(decided, ({ decision }) => comparable(decision)).values()]
  const decisions = groups
    .map((group) => ({
      decision: group[0]!.decision,
      count: group.length,
      precedents: group.map(({ precedent }) => precedent.id),
    }))
    .sort((a, b) => b.count - a.count || (a.decision < b.decision ? -1 : 1))
  const agreement = agreementOf(
    decided.length,
    decisions.length,
    precedents.some((precedent) => precedent.contradictedBy.length > 0),
  )
  return { situation, agreement, decisions, precedents }
}

function areAlike(a: Precedent, b: Precedent): boolean {
  if (a.id === b.id || a.workflow !== b.workflow) return false
  if (a.rule !== null && b.rule !== null) return a.rule.toLowerCase() === b.rule.toLowerCase()
  return a.proposed !== null && b.proposed !== null && comparable(a.proposed) === comparable(b.proposed)
}

function agreementOf(cases: number, decisions: number, contradicting: boolean): Agreement {
  if (contradicting) return 'contradict'
  if (cases < 2) return cases === 0 ? 'none' : 'single'
  return decisions === 1 ? 'agree' : 'differ'
}
