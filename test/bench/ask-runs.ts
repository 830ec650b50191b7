import { drawNormal, type RandomSource } from '../../src/analysis/why/seeded-random.ts'
import type { DocumentUse, ModelUse, StepUse } from '../../src/domain/facts.ts'
import { iso, line } from './ask-rows.ts'

export interface RunDraw {
  workflow: string
  id: string
  at: number
  attributesText: string
  isLast: boolean
  /** 1 is the usual number of tokens of a call. */
  size: number
  /** What the item's first document is. */
  documentId: number
  /** Since the world began. */
  day: number
}

const MODELS = [
  { model: 'small-2', microsPerToken: 3 },
  { model: 'large-1', microsPerToken: 15 },
]
const STEPS = ['read documents', 'check policy', 'decide', 'write letter']
const TOOLS = ['search_policy', 'read_claim', 'send_letter', 'check_sanctions']
const DAYS_A_PROMPT = 45

export const RUN_COLUMNS = `trace_id, known_from, workflow, work_item_id, attempt, retry_of, status, agent_name,
  agent_version, prompt_version, started_at, ended_at, model_cost_micros, tool_cost_micros, priced_calls, unpriced_calls,
  calls, calls_without_usage, input_tokens, cached_input_tokens, cache_write_tokens, output_tokens, reasoning_tokens,
  usage_estimated, unexplained_tokens, models, steps, documents, tools, waste, work_item_attributes, decision, rules,
  content_hash`

/** One run of four steps, each of a call or two, mostly on the small model. */
export function runRow(draw: RunDraw, random: RandomSource): { line: string; costMicros: number } {
  const { at, day } = draw
  const isLarge = random() < 0.25
  const steps = STEPS.map((name, index) => stepOf(name, index === 2 && isLarge ? MODELS[1]! : MODELS[0]!, draw, random))
  const models = MODELS.map(({ model }) => modelOf(model, steps)).filter((use) => use.calls > 0)
  const costMicros = models.reduce((sum, use) => sum + use.costMicros, 0)
  const input = models.reduce((sum, use) => sum + (use.inputTokens ?? 0), 0)
  const output = models.reduce((sum, use) => sum + (use.outputTokens ?? 0), 0)
  const calls = models.reduce((sum, use) => sum + use.calls, 0)
  const failed = random() < 0.06
  const fields = [
    traceId(random),
    iso(at + 300_000),
    draw.workflow,
    draw.id,
    null,
    null,
    failed ? 'error' : 'ok',
    'claims-agent',
    day < 200 ? '3.1' : '3.2',
    `v${10 + Math.floor(day / DAYS_A_PROMPT)}`,
    iso(at),
    iso(at + 20_000 + Math.floor(random() * 200_000)),
    costMicros,
    random() < 0.3 ? 2000 : null,
    calls,
    0,
    calls,
    0,
    input,
    Math.round(input * 0.3),
    null,
    output,
    null,
    false,
    null,
    JSON.stringify(models),
    JSON.stringify(steps),
    JSON.stringify(documentsOf(draw, random)),
    JSON.stringify(TOOLS.slice(0, 1 + Math.floor(random() * TOOLS.length))),
    JSON.stringify(failed ? { failed_call: steps[2]!.costMicros } : {}),
    draw.attributesText,
    draw.isLast ? 'approve' : null,
    '[]',
    'bench',
  ]
  return { line: line(fields), costMicros }
}

function stepOf(name: string, on: (typeof MODELS)[number], { size }: RunDraw, random: RandomSource): StepUse {
  const calls = random() < 0.2 ? 2 : 1
  const inputTokens = Math.round(20_000 * calls * size * Math.exp(0.2 * drawNormal(random)))
  const costMicros = Math.round(inputTokens * 1.2 * on.microsPerToken)
  return { name, kind: 'llm', model: on.model, calls, failed: 0, inputTokens, costMicros }
}

function modelOf(model: string, steps: readonly StepUse[]): ModelUse {
  const own = steps.filter((step) => step.model === model)
  const inputTokens = own.reduce((sum, step) => sum + (step.inputTokens ?? 0), 0)
  return {
    model,
    provider: 'example',
    calls: own.reduce((sum, step) => sum + step.calls, 0),
    unpricedCalls: 0,
    inputTokens,
    outputTokens: Math.round(inputTokens * 0.1),
    costMicros: own.reduce((sum, step) => sum + step.costMicros, 0),
  }
}

function documentsOf({ documentId }: RunDraw, random: RandomSource): DocumentUse[] {
  return Array.from({ length: 1 + Math.floor(random() * 4) }, (_, index) => ({
    id: `policy-${(documentId + 17 * index) % 400}`,
    retrieved: 1,
    used: random() < 0.6,
  }))
}

function traceId(random: RandomSource): string {
  return Array.from({ length: 4 }, () =>
    Math.floor(random() * 4294967296)
      .toString(16)
      .padStart(8, '0'),
  ).join('')
}
