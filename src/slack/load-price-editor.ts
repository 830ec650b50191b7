import type { WebClient } from '@slack/web-api'
import { Problem } from '../domain/problem.ts'
import type { Workflow } from '../domain/workflow.ts'
import { loadPerson, type Person } from './load-person.ts'
import { loadEditor, mayEditWorkflow } from './may-edit-workflow.ts'

/** For which of the workflows a person may set prices, and whether for all at once: who may set every one of them. */
export interface PriceScope {
  person: Person
  workflows: string[]
  all: boolean
}

/** Contract prices are not for guests. Throws a Problem for them. */
export async function loadPriceReader(client: WebClient, user: string): Promise<Person> {
  const person = await loadPerson(client, user)
  if (person.mayRecord) return person
  throw new Problem('not_allowed', 'Guests are not shown what is agreed with providers.', {
    nextStep: 'Ask a full member of the workspace.',
  })
}

/** Throws a Problem where there is no workflow that the person may set. */
export async function loadPriceScope(client: WebClient, user: string, workflows: Workflow[]): Promise<PriceScope> {
  const person = await loadPriceReader(client, user)
  const own = workflows.filter((workflow) => mayEditWorkflow(person, workflow)).map((workflow) => workflow.name)
  const all = person.isAdmin || own.length === workflows.length
  if (all || own.length > 0) return { person, workflows: own, all }
  throw new Problem('not_allowed', 'You may not set prices: you own none of the workflows. Nothing was changed.', {
    nextStep: 'Ask the owner of the workflow or an administrator of the workspace to do it.',
  })
}

/** Throws a Problem where the person may not set prices for the workflow (null: for all). Checked when they act. */
export async function loadPriceEditor(
  client: WebClient,
  user: string,
  workflow: string | null,
  workflows: Workflow[],
): Promise<Person> {
  if (workflow !== null) return loadEditor(client, user, findNamed(workflows, workflow))
  const { person, all } = await loadPriceScope(client, user, workflows)
  if (all) return person
  throw new Problem('not_allowed', 'You may not set a price for all workflows at once. Nothing was changed.', {
    nextStep: 'Name a workflow that you own, or ask an administrator of the workspace to do it.',
  })
}

/** A workflow by its name, in whatever case. Throws a Problem that names the known ones. */
export function findNamed(workflows: Workflow[], name: string): Workflow {
  const found =
    workflows.find((workflow) => workflow.name === name) ??
    workflows.find((workflow) => workflow.name.toLowerCase() === name.toLowerCase())
  if (found) return found
  throw new Problem('unknown_workflow', `I know no workflow “${name}”.`, {
    nextStep: `Known: ${workflows.map((workflow) => workflow.name).join(', ') || 'none yet'}.`,
  })
}
