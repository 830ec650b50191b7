import type { Override } from '../../domain/override.ts'
import type { EntryDraft } from '../../store/queries/save-memory-entries.ts'
import { idsIn, sayAttributes, sayCount, sayLines, shorten } from './say.ts'
import { holdingOutcome, latestOf, type WorkItemContext } from './work-item-context.ts'

/**
 * What a person overruled, why and by which rule. What came of the item is a field and not in the text: it came later, and a
 * question as of an earlier instant must find the override without it.
 */
export function makeOverrideEntry(
  override: Override & { erasedAt: Date | null },
  context: WorkItemContext,
): EntryDraft {
  const outcome = holdingOutcome(context)
  const attributes = sayAttributes(context.attributes)
  const { rule, minutes } = override
  return {
    id: `override:${override.workflow}:${override.id}`,
    kind: 'override',
    workflow: override.workflow,
    workItemId: override.workItemId,
    title: shorten(`${override.workItemId}: ${override.agentDecision} → ${override.humanDecision}`, 200),
    text: sayLines([
      `${override.actor} overruled the agent and decided ${override.humanDecision} where it had decided ${override.agentDecision}, because ${override.reason}`,
      rule && `Rule ${rule}`,
      attributes && `The work item: ${attributes}`,
      minutes !== null && `It took ${sayCount(minutes, 'minute')}`,
    ]),
    // Without the words that every override's text has: "agent" and "decided" would find all of them.
    searchText: [override.actor, override.humanDecision, override.agentDecision, override.reason, rule, attributes]
      .filter(Boolean)
      .join('. '),
    actor: override.erasedAt ? null : override.actor,
    rule,
    outcome: outcome?.status ?? null,
    attributes: context.attributes,
    sources: [
      { kind: 'override', id: override.id },
      ...(override.traceId ? [{ kind: 'trace' as const, id: override.traceId }] : []),
      ...(outcome ? [{ kind: 'outcome' as const, id: outcome.id }] : []),
    ],
    occurredAt: override.occurredAt,
    latestAt: override.occurredAt,
    recordedAt: latestOf(override.recordedAt, override.erasedAt),
    supersededBy: null,
    identifiers: [override.workItemId, override.id, override.traceId ?? '', rule ?? '', ...idsIn(override.reason)],
  }
}
