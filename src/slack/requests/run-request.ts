import type { WebClient } from '@slack/web-api'
import type { WorkflowFigures } from '../../digest/workflow-figures.ts'
import { dateIn } from '../../domain/period.ts'
import { Problem } from '../../domain/problem.ts'
import { helpMessage } from '../blocks/help.ts'
import { memoryHits } from '../blocks/memory-hits.ts'
import { budgetList, describeWeek, workflowList } from '../blocks/workflow-figures.ts'
import { workflowSettingsMessage } from '../blocks/workflow-settings.ts'
import type { Conversation } from '../conversation.ts'
import type { SlackDependencies } from '../dependencies.ts'
import type { Message } from '../message.ts'
import type { Request } from '../parse-command.ts'
import { answerQuestion } from './answer-question.ts'
import { requestOverride } from './request-override.ts'
import { requestPrice } from './request-price.ts'
import { requireWorkflow } from './require-workflow.ts'
import { showAnnotations } from './show-annotations.ts'
import { showDigest } from './show-digest.ts'
import { showRules } from './show-rules.ts'

const HITS = 5

/** Does what was asked, wherever it was asked. `id` is stable for one request of one person. */
export async function runRequest(
  deps: SlackDependencies,
  client: WebClient,
  conversation: Conversation,
  request: Request,
  id: string,
): Promise<void> {
  switch (request.name) {
    case 'ask':
      return answerQuestion(deps, conversation, request.question)
    case 'digest':
      return showDigest(deps, conversation, request.week)
    case 'override':
      return requestOverride(deps, client, conversation, request.line, id)
    case 'find': {
      const hits = await deps.services.searchMemory({ text: request.text, limit: HITS })
      await conversation.say(memoryHits(request.text, hits, deps.baseUrl))
      return
    }
    case 'workflow':
      await conversation.say(await showWorkflows(deps, request.workflow))
      return
    case 'budget':
      await conversation.say(budgetList(await named(deps, request.workflow), dateIn(deps.clock(), 'UTC')))
      return
    case 'rules':
      return showRules(deps, conversation, request.about)
    case 'annotations':
      return showAnnotations(deps, conversation, request.about)
    case 'price':
      return requestPrice(deps, client, conversation, request.line)
    case 'help':
      await conversation.say(helpMessage())
      return
  }
}

/** All workflows by their week; one by its week and settings. */
async function showWorkflows(deps: SlackDependencies, name: string): Promise<Message> {
  const today = dateIn(deps.clock(), 'UTC')
  const figures = await named(deps, name)
  if (name === '') return workflowList(figures, today)
  return workflowSettingsMessage(await requireWorkflow(deps, figures[0]!.name), describeWeek(figures[0]!, today))
}

async function named(deps: SlackDependencies, name: string): Promise<WorkflowFigures[]> {
  const workflows = await deps.services.listWorkflows()
  if (name === '') return workflows
  const found = workflows.filter((workflow) => workflow.name.toLowerCase() === name.toLowerCase())
  if (found.length > 0) return found
  throw new Problem('unknown_workflow', `I know no workflow “${name}”.`, {
    nextStep: `Known: ${workflows.map((workflow) => workflow.name).join(', ') || 'none yet'}.`,
  })
}
