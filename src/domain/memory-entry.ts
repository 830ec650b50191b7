import { z } from 'zod'

export const MEMORY_KINDS = ['override', 'run', 'decision', 'thread', 'change', 'allocation', 'rule'] as const
export const MemoryKind = z.enum(MEMORY_KINDS)
export type MemoryKind = z.infer<typeof MemoryKind>

/** A row (or a Slack message) that an entry was made from. */
export interface MemorySource {
  kind: 'override' | 'trace' | 'outcome' | 'change' | 'slack_message' | 'allocation_decision' | 'rule'
  id: string
  url?: string | null
}

/** One searchable text with its sources. Superseded, never silently deleted. */
export interface MemoryEntry {
  /** Stable: made from kind and source, so that re-making an entry replaces it. */
  id: string
  kind: MemoryKind
  workflow: string | null
  workItemId: string | null
  title: string
  text: string
  actor: string | null
  rule: string | null
  /** Outcome status of the item at the time, where it has one. */
  outcome: string | null
  /** Segment attributes of the work item. */
  attributes: Record<string, unknown>
  sources: MemorySource[]
  occurredAt: Date
  recordedAt: Date
  /** Id of the entry that took its place. */
  supersededBy: string | null
}

/** A hit of a search. Scores compare within one answer only. */
export interface MemoryHit {
  entry: MemoryEntry
  score: number
  /** Part of the text that matched; matched words are between the two marks of `HIGHLIGHT`. */
  snippet: string
}

/** Private-use characters, so that no text can forge them; doors turn them into bold. */
export const HIGHLIGHT = { start: '\uE000', end: '\uE001' } as const
