import type { Db } from '../store/client.ts'
import { markPendingMemory } from '../store/queries/mark-changes.ts'
import { savedDecisions } from '../store/schema/memory.ts'

/** A Slack message that a person saves as a decision, with its thread where there is one. */
export interface DecisionToSave {
  /** Stable for one submission, so that a repeated delivery saves one decision. */
  id: string
  title: string
  text: string
  workflow: string | null
  workItemId: string | null
  rule: string | null
  actor: string
  source: { channel: string; ts: string; permalink: string | null }
  /** The thread's messages, oldest first. */
  messages?: { author: string; text: string; sentAt: Date }[]
  occurredAt: Date
}

/** Stores the decision and notes that memory must make its entry, in one transaction. The text must be redacted already. */
export async function saveDecision(db: Db, decision: DecisionToSave, now: Date): Promise<{ duplicate: boolean }> {
  const { source, messages, workflow, ...rest } = decision
  return db.transaction(async (tx) => {
    const saved = await tx
      .insert(savedDecisions)
      .values({
        ...rest,
        workflow: workflow ?? '',
        channel: source.channel,
        messageTs: source.ts,
        permalink: source.permalink,
        messages: (messages ?? []).map((message) => ({ ...message, sentAt: message.sentAt.toISOString() })),
        recordedAt: now,
      })
      .onConflictDoNothing()
      .returning({ id: savedDecisions.id })
    if (saved.length === 0) return { duplicate: true }
    await markPendingMemory(tx, [{ kind: 'decision', workflow: workflow ?? '', sourceId: decision.id }], now)
    return { duplicate: false }
  })
}
