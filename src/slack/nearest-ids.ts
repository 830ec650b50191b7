import { editDistance } from '../domain/edit-distance.ts'

export interface Candidate {
  workItemId: string
  workflow: string
  lastAt: Date | null
}

/** The candidates that a mistyped id most likely meant: fewest edits first, then the most recent. */
export function nearestIds(typed: string, candidates: readonly Candidate[], limit = 3): Candidate[] {
  const wanted = typed.toLowerCase()
  const tolerance = Math.max(2, Math.floor(wanted.length * 0.34))
  return candidates
    .map((candidate) => ({ candidate, edits: editDistance(wanted, candidate.workItemId.toLowerCase()) }))
    .filter(({ edits }) => edits <= tolerance)
    .sort((a, b) => a.edits - b.edits || (b.candidate.lastAt?.getTime() ?? 0) - (a.candidate.lastAt?.getTime() ?? 0))
    .slice(0, limit)
    .map(({ candidate }) => candidate)
}
