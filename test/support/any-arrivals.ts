import fc from 'fast-check'
import { OUTCOME_STATUSES } from '../../src/domain/outcome.ts'

/** Something that arrives at one of the doors: a span over OTLP in JSON, or a member of a webhook. */
export interface Arrival {
  door: 'otlp' | 'traces' | 'outcomes' | 'overrides'
  content: object
}

export const MOMENTS = ['nothing', 'attribute one', 'attribute all', 'attribute and pack'] as const
export type Moment = (typeof MOMENTS)[number]

export interface Story {
  /** Everything in its fullest copy, once, in order. */
  whole: Arrival[]
  /** The same in any order, again and in emptier copies, split into requests; and what happens after each. */
  requests: { door: Arrival['door']; contents: object[]; moment: Moment }[]
}

const START = Date.parse('2026-11-02T09:00:00Z')
const ITEMS = ['c-1', 'c-2']
const WORKFLOWS = ['claims', 'claims', 'tickets']

const maybe = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined, freq: 2 })
const seldom = <Value>(arbitrary: fc.Arbitrary<Value>) => fc.option(arbitrary, { nil: undefined, freq: 1 })
const second = fc.integer({ min: 0, max: 6 })
const timeOf = (at: number) => new Date(START + at * 1000).toISOString()

const tokenCounts = fc.record({ input: fc.constantFrom(0, 100, 200, 300), output: maybe(fc.constantFrom(10, 20)) })
const statedOutcome = fc.record({
  status: fc.constantFrom(...OUTCOME_STATUSES),
  value: maybe(fc.constantFrom(10, 12.5)),
})

/** What a step of either form may be: retried, failed, a container with its children's usage, a call with the same input. */
const anyStep = fc.record({
  kind: fc.constantFrom('llm', 'llm', 'llm', 'agent', 'tool', 'other'),
  /** Of the step around it; one that is not there is missing for good. */
  parent: maybe(fc.integer({ min: 0, max: 6 })),
  start: second,
  length: fc.integer({ min: 0, max: 3 }),
  failed: fc.boolean(),
  usage: maybe(tokenCounts),
  model: maybe(fc.constantFrom('gpt-4.1', 'gpt-4o', 'acme-llm')),
  costUsd: seldom(fc.constantFrom(0, 0.0000014, 0.25)),
  input: maybe(fc.constantFrom('is the roof covered?', 'and the car?')),
  responseId: maybe(fc.constantFrom('r1', 'r2')),
  tool: fc.constantFrom('lookup', 'search'),
  decision: seldom(fc.constantFrom('deny', 'approve')),
  retryOf: seldom(fc.integer({ min: 0, max: 6 })),
  // What a span says of its run.
  workflow: seldom(fc.constantFrom(...WORKFLOWS)),
  item: seldom(fc.constantFrom(...ITEMS)),
  attempt: seldom(fc.integer({ min: 1, max: 3 })),
  outcome: seldom(statedOutcome),
})

const anyTrace = fc.record({
  form: fc.constantFrom('otlp', 'otlp', 'native'),
  steps: fc.array(anyStep, { minLength: 1, maxLength: 5 }),
  workflow: fc.constantFrom(...WORKFLOWS),
  item: maybe(fc.constantFrom(...ITEMS)),
  start: second,
  failed: fc.boolean(),
  attempt: seldom(fc.integer({ min: 1, max: 3 })),
  retryOf: seldom(fc.integer({ min: 0, max: 3 })),
  outcome: seldom(statedOutcome),
})
type Trace = typeof anyTrace extends fc.Arbitrary<infer Value> ? Value : never

const anyWebhookOutcome = fc.record({
  workflow: fc.constantFrom(...WORKFLOWS),
  workItemId: fc.constantFrom(...ITEMS),
  status: fc.constantFrom(...OUTCOME_STATUSES),
  value: maybe(fc.constantFrom(40, 50)),
  resolvedBy: seldom(fc.constantFrom('human', 'agent')),
  occurredAt: second.map(timeOf),
})

const anyOverride = fc.record({
  workflow: fc.constantFrom(...WORKFLOWS),
  workItemId: fc.constantFrom(...ITEMS),
  agentDecision: fc.constant('deny'),
  humanDecision: fc.constant('approve'),
  reason: fc.constant('the policy covers it'),
  actor: fc.constantFrom('dana', 'sam'),
  minutes: maybe(fc.constantFrom(3, 12)),
  occurredAt: second.map(timeOf),
})

/** A few runs of a few work items with what became of them, and one way in which all of it may arrive. */
export const anyStory: fc.Arbitrary<Story> = fc
  .record({
    traces: fc.array(anyTrace, { minLength: 1, maxLength: 4 }),
    outcomes: fc.array(anyWebhookOutcome, { maxLength: 3 }),
    overrides: fc.array(anyOverride, { maxLength: 2 }),
  })
  .chain(({ traces, outcomes, overrides }) => {
    const sent = traces.flatMap((trace, index) => (trace.form === 'otlp' ? spansOf : partsOf)(trace, index))
    const events: Arrival[] = [
      ...outcomes.map((content): Arrival => ({ door: 'outcomes', content: known(content) })),
      ...overrides.map((content): Arrival => ({ door: 'overrides', content: known(content) })),
    ]
    const whole = [...sent.map((one) => one.full), ...events]
    const emptier = sent.flatMap((one) => one.emptier)
    return anyArrivalOf(whole, emptier).map((requests) => ({ whole, requests }))
  })

function anyArrivalOf(whole: Arrival[], emptier: Arrival[]): fc.Arbitrary<Story['requests']> {
  const extra = fc.subarray([...whole, ...emptier])
  return extra
    .chain((again) => {
      const all = [...whole, ...again]
      return fc.tuple(
        fc.shuffledSubarray(all, { minLength: all.length, maxLength: all.length }),
        fc.array(fc.record({ joins: fc.boolean(), moment: fc.constantFrom(...MOMENTS) }), {
          minLength: all.length,
          maxLength: all.length,
        }),
      )
    })
    .map(([arrivals, cuts]) => {
      const requests: Story['requests'] = []
      for (const [index, { door, content }] of arrivals.entries()) {
        const last = requests.at(-1)
        if (last?.door === door && cuts[index]!.joins) last.contents.push(content)
        else requests.push({ door, contents: [content], moment: cuts[index]!.moment })
      }
      return requests
    })
}

interface Copies {
  full: Arrival
  /** Copies that say only part of it. */
  emptier: Arrival[]
}

const hex = (number: number, length: number) => (number + 1).toString(16).padStart(length, 'a')
const nanoseconds = (at: number) => `${START + at * 1000}000000`
const attribute = (key: string, value: string | number | undefined) => {
  if (value === undefined) return []
  const isWhole = Number.isInteger(value)
  return [
    {
      key,
      value:
        typeof value === 'string' ? { stringValue: value } : isWhole ? { intValue: value } : { doubleValue: value },
    },
  ]
}

const OPERATIONS: Record<string, string | undefined> = { llm: 'chat', agent: 'invoke_agent', tool: 'execute_tool' }

/** Spans over OTLP; the emptier copies are sent before the end, and before anybody knew the outcome. */
function spansOf(trace: Trace, index: number): Copies[] {
  const traceId = hex(index, 32)
  return trace.steps.map((step, place) => {
    const begun = {
      traceId,
      spanId: hex(place, 16),
      ...(step.parent !== undefined && step.parent !== place && { parentSpanId: hex(step.parent, 16) }),
      name: step.kind,
      startTimeUnixNano: nanoseconds(step.start),
      attributes: [
        ...attribute('gen_ai.operation.name', OPERATIONS[step.kind]),
        ...attribute('gen_ai.request.model', step.model),
        ...attribute('gen_ai.input.messages', step.input),
        ...(step.kind === 'tool'
          ? [...attribute('gen_ai.tool.name', step.tool), ...attribute('gen_ai.tool.call.arguments', '{"q":1}')]
          : []),
        ...attribute('docket.workflow', step.workflow),
        ...attribute('docket.retry_of', step.retryOf === undefined ? undefined : hex(step.retryOf, 16)),
      ],
    }
    const ended = {
      ...begun,
      endTimeUnixNano: nanoseconds(step.start + step.length),
      status: { code: step.failed ? 2 : 1 },
      attributes: [
        ...begun.attributes,
        ...attribute('gen_ai.response.id', step.responseId),
        ...attribute('gen_ai.usage.input_tokens', step.usage?.input),
        ...attribute('gen_ai.usage.output_tokens', step.usage?.output),
        ...attribute('gen_ai.usage.cost', step.costUsd),
        ...attribute('docket.decision.choice', step.decision),
        ...attribute('docket.attempt', step.attempt),
      ],
    }
    const judged = {
      ...ended,
      attributes: [
        ...ended.attributes,
        ...attribute('docket.work_item.id', step.item),
        ...attribute('docket.outcome.status', step.outcome?.status),
        ...attribute('docket.outcome.value', step.outcome?.value),
      ],
    }
    const arrive = (content: object): Arrival => ({ door: 'otlp', content })
    return { full: arrive(judged), emptier: [arrive(begun), arrive(ended)] }
  })
}

/** A native trace in parts: one a step, each with what the trace says of itself. */
function partsOf(trace: Trace, index: number): Copies[] {
  const traceId = `t-${index}`
  const begun = { traceId, workflow: trace.workflow, startedAt: timeOf(trace.start) }
  const ended = known({
    ...begun,
    endedAt: timeOf(trace.start + 7),
    status: trace.failed ? 'error' : 'ok',
    attempt: trace.attempt,
    retryOf: trace.retryOf === undefined ? undefined : `t-${trace.retryOf}`,
    workItem: trace.item === undefined ? undefined : { id: trace.item },
    outcome: trace.outcome === undefined ? undefined : known(trace.outcome),
  })
  const arrive = (content: object): Arrival => ({ door: 'traces', content })
  return trace.steps.map((step, place) => {
    const first = known({
      id: `s${place}`,
      parentId: step.parent === undefined || step.parent === place ? undefined : `s${step.parent}`,
      kind: step.kind,
      name: step.kind,
      startedAt: timeOf(step.start),
      input: step.input,
      retryOf: step.retryOf === undefined ? undefined : `s${step.retryOf}`,
      tool: step.kind === 'tool' ? { name: step.tool, arguments: { q: 1 } } : undefined,
    })
    const full = known({
      ...first,
      endedAt: timeOf(step.start + step.length),
      status: step.failed ? 'error' : 'ok',
      model: step.model,
      costUsd: step.costUsd,
      usage: step.usage && known({ inputTokens: step.usage.input, outputTokens: step.usage.output }),
      decision: step.decision && { choice: step.decision },
    })
    return {
      full: arrive({ ...ended, steps: [full] }),
      emptier: [arrive({ ...begun, steps: [first] }), arrive({ ...begun, steps: [full] })],
    }
  })
}

/** Without what is undefined, as JSON would send it. */
function known<Content extends object>(content: Content): Content {
  return Object.fromEntries(Object.entries(content).filter(([, value]) => value !== undefined)) as Content
}
