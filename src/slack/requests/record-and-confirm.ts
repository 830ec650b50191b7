import type { WebClient } from '@slack/web-api'
import { listSimilarOverrides } from '../../store/queries/list-similar-overrides.ts'
import { overrideRecorded } from '../blocks/override-messages.ts'
import type { SlackDependencies } from '../dependencies.ts'
import { findSuggestion } from '../find-suggestion.ts'
import { loadRecorder } from '../load-person.ts'
import type { WorkItemSummary } from '../look-up-work-item.ts'
import type { Message } from '../message.ts'

export const SIMILAR_DAYS = 21
const DAY_MILLISECONDS = 86_400_000

export interface OverrideRequest {
  /** Stable for one submission: a repeated delivery records nothing twice. */
  id: string
  user: string
  item: WorkItemSummary
  agentDecision: string
  humanDecision: string
  reason: string
  rule: string | null
  minutes: number | null
  /** The candidate that it is made of: what a person said of a step elsewhere. */
  candidate?: string | undefined
}

/** Records an override and says so, with its cost and how many like it there were. Throws a Problem where the person may not. */
export async function recordAndConfirm(
  { db, services, clock, baseUrl }: SlackDependencies,
  client: WebClient,
  request: OverrideRequest,
): Promise<Message> {
  const person = await loadRecorder(client, request.user)
  const now = clock()
  const { agentDecision, humanDecision, reason, rule, minutes, item } = request
  const said = { agentDecision, humanDecision, reason, rule, minutes, actor: person.name }
  const recorded =
    request.candidate === undefined
      ? await services.recordOverride({
          id: request.id,
          workflow: item.workflow,
          workItemId: item.id,
          traceId: item.lastTraceId,
          occurredAt: now,
          ...said,
        })
      : await services.confirmCandidate(request.candidate, said)
  const bounds = { since: new Date(now.getTime() - SIMILAR_DAYS * DAY_MILLISECONDS), until: now }
  const similar = await listSimilarOverrides(db, recorded.override, bounds, 1000)
  const { workflow, id } = recorded.override
  const suggestion = await findSuggestion(db, now, { workflow, overrideId: id })
  const suggestsRule = suggestion !== null && !suggestion.confirmed
  return overrideRecorded({ ...recorded, similar: similar.length, suggestsRule }, request.item, baseUrl)
}
