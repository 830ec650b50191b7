import type { WebClient } from '@slack/web-api'
import { Problem } from '../domain/problem.ts'
import type { Db } from '../store/client.ts'
import { getWorkflow } from '../store/queries/get-workflow.ts'
import { loadRecorder, type Person } from './load-person.ts'

/**
 * Who may confirm, change or retire a rule: the owners of its workflow; where it has none, any full member. Owners are
 * written as names or Slack ids. Throws a Problem that names them; checked when the person acts.
 */
export async function loadDecider(client: WebClient, db: Db, user: string, workflow: string): Promise<Person> {
  const person = await loadRecorder(client, user)
  const owners = (await getWorkflow(db, workflow))?.owners ?? []
  const isOwner = owners.some((owner) =>
    [person.id, person.name].some((own) => own.toLowerCase() === owner.replace(/^@/, '').toLowerCase()),
  )
  if (owners.length === 0 || isOwner) return person
  throw new Problem('not_allowed', `Only the owners of ${workflow} decide its rules. Nothing was changed.`, {
    nextStep: `Ask ${owners.join(' or ')}.`,
  })
}
