import { dateIn, weekdayOf } from '../domain/period.ts'
import { ANALYSES, METRICS, Plan } from '../domain/plan.ts'
import type { Workspace } from '../domain/workspace.ts'
import type { ModelClient } from './client.ts'
import { renderPrompt } from './prompts.ts'

const MOST_VALUES = 30
const WEEKDAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday']

/**
 * A model's plan for a question. Null where it proposes none, or one that names a workflow, a dimension or a value that
 * nobody has seen: a model may choose among what there is, never add to it.
 */
export async function proposePlan(
  model: ModelClient,
  question: string,
  workspace: Workspace,
  { asOf, timeZone }: { asOf: Date; timeZone: string },
): Promise<Plan | null> {
  const today = dateIn(asOf, timeZone)
  const system = renderPrompt('plan-question', {
    analyses: ANALYSES.join(', '),
    metrics: METRICS.join(', '),
    workflows:
      workspace.workflows.map((one) => (one.unit ? `${one.name} (unit: ${one.unit})` : one.name)).join(', ') ||
      'none yet',
    dimensions:
      workspace.dimensions.map((one) => `${one.name}: ${one.values.slice(0, MOST_VALUES).join(' | ')}`).join('\n') ||
      'none yet',
    today: `${WEEKDAYS[weekdayOf(today) - 1]}, ${today}`,
  })
  const answer = await model.complete({ system, user: question, maxTokens: 400, json: true })
  const parsed = Plan.safeParse(withoutNulls(parseJson(answer)))
  return parsed.success && knowsItsNames(parsed.data, workspace) ? parsed.data : null
}

function parseJson(text: string): unknown {
  // Some endpoints fence their JSON although asked not to.
  const body = /\{[\s\S]*\}/.exec(text)?.[0]
  if (!body) return null
  try {
    return JSON.parse(body)
  } catch {
    // What is no JSON is no plan: the caller keeps the rules' own.
    return null
  }
}

function withoutNulls(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== null && member !== ''))
}

function knowsItsNames(plan: Plan, workspace: Workspace): boolean {
  if (plan.workflow !== undefined && !workspace.workflows.some((one) => one.name === plan.workflow)) return false
  const known = new Map(workspace.dimensions.map((one) => [one.name, one.values]))
  const groups = [
    ...known.keys(),
    'workflow',
    'model',
    'promptVersion',
    'agentVersion',
    'agentName',
    'day',
    'week',
    'month',
    'rule',
    'actor',
  ]
  if (plan.groupBy !== undefined && !groups.includes(plan.groupBy)) return false
  return Object.entries(plan.filters ?? {}).every(([name, value]) => known.get(name)?.includes(value))
}
