import type { MessageStore } from '../message-store.ts'
import type { Session } from '../session.ts'
import type { Arguments } from './arguments.ts'

/** What the stand-in's methods work on. */
export interface WebApiContext {
  store: MessageStore
  session: Session
  clock: () => Date
  /** Tells open pages that something other than a message changed. */
  onChange: () => void
}

/** One Web API method: arguments in, the fields beside `ok: true` out. Refusals are thrown. */
export type Method = (context: WebApiContext, args: Arguments) => Promise<Record<string, unknown>>
