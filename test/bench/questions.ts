import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { completePlan } from '../../src/answer/plan/complete-plan.ts'
import { planQuestion } from '../../src/answer/plan/plan-question.ts'
import type { Plan } from '../../src/domain/plan.ts'
import type { Workspace } from '../../src/domain/workspace.ts'
import { createModelClient, type ModelClient } from '../../src/llm/client.ts'
import { proposePlan } from '../../src/llm/propose-plan.ts'
import { type Config, readConfig } from '../../src/runtime/config.ts'

/**
 * `npm run eval:questions -- FILE [--workspace FILE]`: how often the plan is the expected one.
 * A field that `expect` leaves out is not judged; `exact` counts the questions of which every stated field is right,
 * `byField` the questions of which that field is.
 */
const FIELDS = ['analysis', 'workflow', 'metric', 'period', 'filters', 'comparison', 'groupBy', 'text'] as const
const REPORTED = FIELDS.slice(0, 5)

const Expectation = z.looseObject({
  question: z.string().min(1),
  asOf: z.string().nullish(),
  timezone: z.string().nullish(),
  expect: z.looseObject({ analysis: z.string() }),
})
type Expectation = z.infer<typeof Expectation>

const { values, positionals } = parseArgs({ allowPositionals: true, options: { workspace: { type: 'string' } } })
const file = positionals[0]
if (!file) {
  console.error('Say which file: npm run eval:questions -- test/fixtures/questions.ndjson')
  process.exit(2)
}

const lines = readFileSync(file, 'utf8')
  .split('\n')
  .filter((line) => line.trim())
const expectations = lines.map((line, index) => {
  try {
    return Expectation.parse(JSON.parse(line))
  } catch (cause) {
    throw new Error(`${file}:${index + 1} is not {question, asOf?, expect}`, { cause })
  }
})
const workspacePath = values.workspace ?? join(import.meta.dirname, '../fixtures/question-workspace.json')
const workspace = withNamesOf(
  expectations,
  existsSync(workspacePath) ? JSON.parse(readFileSync(workspacePath, 'utf8')) : {},
)

type Planner = (question: string, standpoint: { asOf: Date; timeZone: string }) => Promise<Plan>

const byRules: Planner = async (question, standpoint) => planQuestion(question, workspace, standpoint).plan
const rules = await evaluate(byRules, (miss) => console.log(JSON.stringify(miss)))
const model = modelOf(readConfig())
const withModel =
  model && (await evaluate(byModel(model), (miss) => console.log(JSON.stringify({ model: model.model, ...miss }))))
console.log(JSON.stringify({ questions: expectations.length, ...rules, ...(withModel && { withModel }) }))

async function evaluate(planner: Planner, onMiss: (miss: object) => void) {
  let exact = 0
  const byField = Object.fromEntries(REPORTED.map((field) => [field, 0]))
  for (const { question, asOf, timezone, expect } of expectations) {
    const plan = await planner(question, { asOf: asOf ? new Date(asOf) : new Date(), timeZone: timezone ?? 'UTC' })
    const wrong = FIELDS.filter((field) => !isAsExpected(field, plan, expect))
    if (wrong.length === 0) exact += 1
    else onMiss({ question, wrong, expect, plan })
    for (const field of REPORTED) if (!wrong.includes(field)) byField[field]! += 1
  }
  return { exact, byField }
}

/** As in the product: the model's plan where it proposes a valid one, else the rules'. Every question is put to it here. */
function byModel(client: ModelClient): Planner {
  return async (question, standpoint) => {
    const proposed = await proposePlan(client, question, workspace, standpoint)
    return proposed ? completePlan(proposed, standpoint) : byRules(question, standpoint)
  }
}

function modelOf(config: Config): ModelClient | null {
  const { OPENAI_API_KEY: apiKey, OPENAI_BASE_URL: baseUrl, OPENAI_MODEL: name } = config
  return name && (apiKey || baseUrl) ? createModelClient({ baseUrl, apiKey: apiKey ?? 'none', model: name }) : null
}

function isAsExpected(field: (typeof FIELDS)[number], plan: Plan, expect: Record<string, unknown>): boolean {
  const expected = expect[field]
  if (expected === undefined) return true
  return canonical(expected ?? undefined) === canonical(plan[field])
}

/** Keys in order; an empty object and nothing are the same. */
function canonical(value: unknown): string {
  if (typeof value !== 'object' || value === null) return String(value ?? '')
  const entries = Object.entries(value).sort(([left], [right]) => (left < right ? -1 : 1))
  return entries.map(([key, one]) => `${key}=${String(one)}`).join('&')
}

/** A file may speak of other workflows and segments than the usual ones: the names that its answers use are known too. */
function withNamesOf(all: Expectation[], given: Partial<Workspace>): Workspace {
  const workflows = (given.workflows ?? []).map((one) => ({ ...one, firstDay: null, lastDay: null }))
  const dimensions = (given.dimensions ?? []).map((one) => ({ ...one, values: [...one.values] }))
  for (const { expect } of all) {
    const { workflow, filters } = expect
    if (typeof workflow === 'string' && !workflows.some((one) => one.name === workflow)) {
      workflows.push({ name: workflow, unit: null, firstDay: null, lastDay: null })
    }
    for (const [name, value] of Object.entries(typeof filters === 'object' && filters ? filters : {})) {
      let dimension = dimensions.find((one) => one.name === name)
      if (!dimension) {
        dimension = { name, values: [] }
        dimensions.push(dimension)
      }
      if (!dimension.values.includes(String(value))) dimension.values.push(String(value))
      if (dimension.workflows && typeof workflow === 'string' && !dimension.workflows.includes(workflow)) {
        dimension.workflows.push(workflow)
      }
    }
  }
  return { workflows, dimensions }
}
