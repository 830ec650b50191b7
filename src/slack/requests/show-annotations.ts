import { listOverrideCandidates } from '../../store/queries/override-candidates.ts'
import { annotationsMessage } from '../blocks/annotations-message.ts'
import type { Conversation } from '../conversation.ts'
import type { SlackDependencies } from '../dependencies.ts'

const MOST = 100

/** `/docket annotations`, of everything, of a workflow, or of a work item (`claim-8841` or `claims/claim-8841`). */
export async function showAnnotations(
  { db, services, baseUrl }: SlackDependencies,
  conversation: Conversation,
  about: string,
): Promise<void> {
  const names = await services.listWorkflowNames()
  const workflow = names.find((name) => name.toLowerCase() === about.toLowerCase())
  const holder = workflow === undefined ? names.find((name) => about.startsWith(`${name}/`)) : undefined
  const filter =
    about === ''
      ? {}
      : workflow !== undefined
        ? { workflow }
        : holder !== undefined
          ? { workflow: holder, workItemId: about.slice(holder.length + 1) }
          : { workItemId: about }
  const candidates = await listOverrideCandidates(db, { ...filter, status: 'open', limit: MOST })
  await conversation.say(annotationsMessage(candidates, about, baseUrl))
}
