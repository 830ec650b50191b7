import { contentHash } from '../domain/audit-chain.ts'
import type { Db } from '../store/client.ts'
import type { EntryDraft } from '../store/queries/save-memory-entries.ts'
import { listToldStories, wantStories } from '../store/queries/told-stories.ts'

/**
 * Gives entries of runs the story that a model told of them, before the text that is made of the rows, where it tells of this very
 * text; and has those told that people will read: runs that were overruled, or whose item came back.
 */
export async function applyToldStories(tx: Db, drafts: readonly EntryDraft[]): Promise<EntryDraft[]> {
  const worthTelling = new Set(drafts.filter(isWorthTelling))
  const told = await listToldStories(
    tx,
    [...worthTelling].map((draft) => draft.id),
  )
  const hashes = new Map([...worthTelling].map((draft) => [draft, contentHash(draft.text)]))
  await wantStories(
    tx,
    [...hashes].map(([draft, tells]) => ({
      entry: draft.id,
      workflow: draft.workflow ?? '',
      traceId: draft.sources[0]!.id,
      tells,
    })),
  )
  return drafts.map((draft) => {
    const story = told.get(draft.id)
    if (!story || story.tells !== hashes.get(draft)) return draft
    return {
      ...draft,
      text: `As ${story.model} tells it: ${story.text}\n${draft.text}`,
      recordedAt: draft.recordedAt > story.toldAt ? draft.recordedAt : story.toldAt,
    }
  })
}

function isWorthTelling({ kind, outcome, sources }: EntryDraft): boolean {
  return kind === 'run' && (outcome === 'reopened' || sources.some((source) => source.kind === 'override'))
}
