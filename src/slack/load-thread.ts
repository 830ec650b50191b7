import type { WebClient } from '@slack/web-api'
import type { SlackLog } from './dependencies.ts'
import { loadPerson } from './load-person.ts'
import { plainQuestion } from './plain-question.ts'

export interface ThreadMessage {
  author: string
  text: string
  sentAt: Date
}

/** A longer thread is kept up to here: a decision is not a chat log. */
const MOST_MESSAGES = 200

/**
 * The thread that a message stands in, oldest first, with its authors' names and times; the message alone where it has no
 * replies. Empty where Docket may not read there.
 */
export async function loadThread(
  client: WebClient,
  place: { channel: string; threadTs: string },
  log: SlackLog,
): Promise<ThreadMessage[]> {
  try {
    const { messages } = await client.conversations.replies({
      channel: place.channel,
      ts: place.threadTs,
      limit: MOST_MESSAGES,
    })
    const names = new Map<string, string>()
    const thread: ThreadMessage[] = []
    for (const { user, text, ts } of messages ?? []) {
      if (ts === undefined || !text?.trim()) continue
      if (user !== undefined && !names.has(user)) names.set(user, (await loadPerson(client, user)).name)
      thread.push({
        author: (user !== undefined ? names.get(user) : undefined) ?? 'somebody',
        text: plainQuestion(text, undefined),
        sentAt: sentAt(ts),
      })
    }
    return thread
  } catch (error) {
    log.warn({ err: error, channel: place.channel }, 'Could not read the thread that is saved; its text is kept alone')
    return []
  }
}

/** Slack's ts is seconds since 1970, with a fraction that makes it unique. */
export function sentAt(ts: string): Date {
  return new Date(Math.round(Number(ts) * 1000))
}
