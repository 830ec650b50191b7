import type { Db } from '../store/client.ts'
import {
  deletePlaygroundMessage,
  findPlaygroundMessage,
  insertPlaygroundMessage,
  listPlaygroundMessages,
  type PlaygroundMessage,
  updatePlaygroundMessage,
} from '../store/queries/playground-messages.ts'

export interface NewMessage {
  channel: string
  threadTs: string | null
  user: string
  ephemeralTo: string | null
  message: Record<string, unknown>
}

export interface MessageStore {
  add(message: NewMessage): Promise<PlaygroundMessage>
  find(channel: string, ts: string): Promise<PlaygroundMessage | null>
  change(channel: string, ts: string, message: Record<string, unknown>): Promise<void>
  remove(channel: string, ts: string): Promise<void>
  list(): Promise<PlaygroundMessage[]>
}

/** Older ones stay in the database; no page needs more at once. */
const KEPT_IN_SIGHT = 1000

/** The playground's messages, kept in the database. `onChange` is called after every change. */
export function createMessageStore(db: Db, clock: () => Date, onChange: () => void): MessageStore {
  let lastMicros = 0
  const nextTs = () => {
    // A ts names a message: two in one millisecond must differ, and later ones must sort later.
    lastMicros = Math.max(clock().getTime() * 1000, lastMicros + 1)
    return `${Math.floor(lastMicros / 1e6)}.${String(lastMicros % 1e6).padStart(6, '0')}`
  }
  return {
    add: async (message) => {
      const added = { ...message, ts: nextTs() }
      await insertPlaygroundMessage(db, added)
      onChange()
      return added
    },
    find: (channel, ts) => findPlaygroundMessage(db, channel, ts),
    change: async (channel, ts, message) => {
      await updatePlaygroundMessage(db, channel, ts, message)
      onChange()
    },
    remove: async (channel, ts) => {
      await deletePlaygroundMessage(db, channel, ts, clock())
      onChange()
    },
    list: () => listPlaygroundMessages(db, KEPT_IN_SIGHT),
  }
}
