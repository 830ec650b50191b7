import type { ChangeEvent } from '../../domain/change-event.ts'
import type { EntryDraft } from '../../store/queries/save-memory-entries.ts'
import { idsIn, sayAttributes, sayInstant, sayLines, shorten } from './say.ts'

/** Something that changed around the work. */
export function makeChangeEntry(change: ChangeEvent): EntryDraft {
  const attributes = sayAttributes(change.attributes)
  return {
    id: `change:${change.workflow ?? ''}:${change.id}`,
    kind: 'change',
    workflow: change.workflow,
    workItemId: null,
    title: shorten(
      `${change.kind} change${change.workflow ? ` in ${change.workflow}` : ''}: ${change.description}`,
      200,
    ),
    text: sayLines([
      change.description,
      `A change of ${change.kind}${change.workflow ? ` in ${change.workflow}` : ' for every workflow'}, ${sayInstant(change.occurredAt)}`,
      change.inferred && 'Nobody announced it: Docket saw the new value in the traces',
      attributes,
    ]),
    actor: null,
    rule: null,
    outcome: null,
    attributes: change.attributes,
    sources: [{ kind: 'change', id: change.id }],
    occurredAt: change.occurredAt,
    latestAt: change.occurredAt,
    recordedAt: change.recordedAt,
    supersededBy: null,
    identifiers: [change.id, ...idsIn(change.description)],
  }
}
