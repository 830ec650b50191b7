import type { WebClient } from '@slack/web-api'
import { Problem } from '../domain/problem.ts'

export interface Person {
  id: string
  /** The name that overrides and decisions are kept under. */
  name: string
  /** Their name in mentions. */
  handle: string
  /** An administrator or owner of the workspace. */
  isAdmin: boolean
  /** Guests, bots and removed members may read but not record. */
  mayRecord: boolean
}

export async function loadPerson(client: WebClient, user: string): Promise<Person> {
  const { user: profile } = await client.users.info({ user })
  const name = profile?.profile?.display_name || profile?.real_name || profile?.name || user
  const outsider = profile?.is_restricted || profile?.is_ultra_restricted || profile?.is_bot || profile?.deleted
  const isAdmin = Boolean(profile?.is_admin || profile?.is_owner || profile?.is_primary_owner)
  return { id: user, name, handle: profile?.name ?? user, isAdmin, mayRecord: !outsider }
}

/** Throws a Problem where the person may not record anything. Checked when they act, not when a button is drawn. */
export async function loadRecorder(client: WebClient, user: string): Promise<Person> {
  const person = await loadPerson(client, user)
  if (!person.mayRecord) {
    throw new Problem('not_allowed', 'Guests cannot record overrides or decisions. Nothing was recorded.', {
      nextStep: 'Ask a full member of the workspace to record it, or to make you one.',
    })
  }
  return person
}
