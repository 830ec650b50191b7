import type { Citation } from '../../domain/finding.ts'
import type { MemoryEntry, MemoryKind } from '../../domain/memory-entry.ts'

const KINDS: Record<MemoryKind, Citation['kind']> = {
  override: 'override',
  run: 'trace',
  decision: 'memory',
  thread: 'thread',
  change: 'change',
  allocation: 'allocation_decision',
  rule: 'rule',
}

/** A link to what a memory entry was made from: the message, the work item, else the entry itself. */
export function citeMemory(entry: MemoryEntry, baseUrl: string): Citation {
  return {
    kind: KINDS[entry.kind],
    id: entry.sources[0]?.id ?? entry.id,
    title: entry.title,
    url: urlOf(entry, baseUrl),
  }
}

function urlOf(entry: MemoryEntry, baseUrl: string): string {
  const link = entry.sources.find((source) => source.url && /^https?:\/\//.test(source.url))?.url
  if (link) return link
  if (entry.workflow && entry.workItemId) {
    return `${baseUrl}/work-items/${encodeURIComponent(entry.workflow)}/${encodeURIComponent(entry.workItemId)}`
  }
  return `${baseUrl}/api/memory/search?q=${encodeURIComponent(entry.title)}`
}
