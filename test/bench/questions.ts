import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { z } from 'zod'
import { planQuestion } from '../../src/answer/plan/plan-question.ts'
import type { Plan } from '../../src/domain/plan.ts'
import type { Workspace } from '../../src/domain/workspace.ts'

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

let exact = 0
const byField = Object.fromEntries(REPORTED.map((field) => [field, 0]))
for (const { question, asOf, timezone, expect } of expectations) {
  const { plan } = planQuestion(question, workspace, {
    asOf: asOf ? new Date(asOf) : new Date(),
    timeZone: timezone ?? 'UTC',
  })
  const wrong = FIELDS.filter((field) => !isAsExpected(field, plan, expect))
  if (wrong.length === 0) exact += 1
  else console.log(JSON.stringify({ question, wrong, expect, plan }))
  for (const field of REPORTED) if (!wrong.includes(field)) byField[field]! += 1
}
console.log(JSON.stringify({ questions: expectations.length, exact, byField }))

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
