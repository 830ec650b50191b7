import type { EntryDraft } from '../../store/queries/save-memory-entries.ts'
import type { savedDecisions } from '../../store/schema/memory.ts'
import { idsIn, sayInstant, shorten } from './say.ts'
import { latestOf } from './work-item-context.ts'

export type SavedDecision = typeof savedDecisions.$inferSelect

/** A Slack message or thread that somebody saved as a decision: what was said, in the words in which it was said. */
export function makeSavedDecisionEntry(decision: SavedDecision): EntryDraft {
  const { messages, workItemId, rule, permalink } = decision
  const said = messages.map(({ author, sentAt, text }) => `${author} (${sayInstant(new Date(sentAt))}): ${text}`)
  return {
    id: `decision:${decision.id}`,
    kind: messages.length > 1 ? 'thread' : 'decision',
    workflow: decision.workflow === '' ? null : decision.workflow,
    workItemId,
    title: shorten(decision.title, 200),
    text: [decision.text, ...said, `Saved as a decision by ${decision.actor}, ${sayInstant(decision.recordedAt)}.`]
      .filter((part) => part.trim() !== '')
      .join('\n'),
    // Who said it is looked for by name; the times and the closing line are those of every saved decision.
    searchText: [decision.text, ...messages.map(({ author, text }) => `${author}: ${text}`)].join('\n'),
    actor: decision.actor,
    rule,
    outcome: null,
    attributes: {},
    sources: [{ kind: 'slack_message', id: `${decision.channel}/${decision.messageTs}`, url: permalink }],
    occurredAt: decision.occurredAt,
    latestAt: latestOf(decision.occurredAt, ...messages.map((message) => new Date(message.sentAt))),
    recordedAt: decision.recordedAt,
    supersededBy: null,
    identifiers: [decision.id, workItemId ?? '', rule ?? '', ...idsIn(`${decision.title} ${decision.text}`)],
  }
}
