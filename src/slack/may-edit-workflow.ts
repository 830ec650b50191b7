import type { WebClient } from '@slack/web-api'
import { Problem } from '../domain/problem.ts'
import type { Workflow } from '../domain/workflow.ts'
import { loadPerson, type Person } from './load-person.ts'

/**
 * Whether the person may set the workflow: one of its owners (by Slack id or name) or an administrator of the workspace;
 * where it has no owners, any full member. Owners are only names to Docket, so a guest who took one's name gets nowhere.
 */
export function mayEditWorkflow(person: Person, { owners = [] }: Pick<Workflow, 'owners'>): boolean {
  if (!person.mayRecord) return false
  if (person.isAdmin || owners.length === 0) return true
  const names = [person.id, `<@${person.id}>`, person.name, person.handle].map((name) => name.toLowerCase())
  return owners.some((owner) => names.includes(owner.replace(/^@/, '').toLowerCase()))
}

/** Throws a Problem where the person may not set the workflow. Checked when they act, not when a button is drawn. */
export async function loadEditor(client: WebClient, user: string, workflow: Workflow): Promise<Person> {
  const person = await loadPerson(client, user)
  if (mayEditWorkflow(person, workflow)) return person
  const owners = workflow.owners ?? []
  const whom = owners.length > 0 ? `${owners.join(', ')} or an administrator of the workspace` : 'a full member'
  throw new Problem('not_allowed', `You may not set ${workflow.name}. Nothing was changed.`, {
    nextStep: `Ask ${whom} to do it.`,
  })
}
