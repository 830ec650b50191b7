import { randomBytes } from 'node:crypto'
import type { Fields } from './validation/report.ts'

export interface OpenView {
  id: string
  rootId: string
  previousId: string | null
  user: string
  view: Fields
}

export interface ResponseUrl {
  channel: string
  user: string
  /** The message that a click came from; null for commands. */
  messageTs: string | null
  threadTs: string | null
  uses: number
  expiresAt: number
}

/** What Slack forgets: open modals, Home tabs, statuses, triggers and response URLs. Held in memory. */
export interface Session {
  /** Modals, bottom to top, for each person. */
  views: Map<string, OpenView[]>
  homes: Map<string, Fields>
  statuses: Map<string, { channel: string; threadTs: string; status: string; messages: string[] }>
  prompts: Map<string, { title: string; prompts: { title: string; message: string }[] }>
  triggers: Map<string, { user: string; at: number }>
  responseUrls: Map<string, ResponseUrl>
  files: Map<string, { name: string; title: string; bytes: Uint8Array }>
}

export function createSession(): Session {
  return {
    views: new Map(),
    homes: new Map(),
    statuses: new Map(),
    prompts: new Map(),
    triggers: new Map(),
    responseUrls: new Map(),
    files: new Map(),
  }
}

/** `prefix` and twelve characters that cannot be guessed, in capitals as Slack's ids are. */
export function newId(prefix: string): string {
  return `${prefix}${randomBytes(8).toString('hex').slice(0, 12).toUpperCase()}`
}

export const RESPONSE_URL = 'https://hooks.playground.invalid/respond/'
const RESPONSE_MINUTES = 30

export function newResponseUrl(session: Session, target: Omit<ResponseUrl, 'uses' | 'expiresAt'>, now: Date): string {
  const id = newId('R')
  session.responseUrls.set(id, { ...target, uses: 0, expiresAt: now.getTime() + RESPONSE_MINUTES * 60_000 })
  return `${RESPONSE_URL}${id}`
}

export function newTrigger(session: Session, user: string, now: Date): string {
  const id = `${now.getTime()}.${newId('')}`
  session.triggers.set(id, { user, at: now.getTime() })
  return id
}
