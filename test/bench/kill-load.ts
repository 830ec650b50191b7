import { toDollars } from '../../src/domain/money.ts'
import { encodeExport, hexOf, text } from './ingest-load.ts'

export const KILL_WORKFLOW = 'bench-kill'
/** Dollars an hour of the workflow's people. */
export const CORRECTION_RATE = 45

/** One request of a sender, and what the work item has more of once it is acknowledged. */
export interface KillRequest {
  path: string
  contentType: string
  body: Uint8Array<ArrayBuffer>
  adds: Amounts
}

export interface Amounts {
  runs: number
  calls: number
  inputTokens: number
  outputTokens: number
  /** Micro-dollars, as the spans themselves report it. */
  modelMicros: number
  outcomes: number
  overrides: number
  correctionMinutes: number
}

export interface KillItem {
  id: string
  requests: KillRequest[]
}

export const NOTHING: Amounts = {
  runs: 0,
  calls: 0,
  inputTokens: 0,
  outputTokens: 0,
  modelMicros: 0,
  outcomes: 0,
  overrides: 0,
  correctionMinutes: 0,
}

export function addAmounts(a: Amounts, b: Amounts): Amounts {
  const sum = { ...a }
  for (const key of Object.keys(sum) as (keyof Amounts)[]) sum[key] += b[key]
  return sum
}

/**
 * The n-th work item of a load, sent in one of five ways: a whole trace over OTLP, calls before their root over OTLP, two
 * attempts over OTLP, a native trace with its outcome, a native trace with outcome and correction apart.
 */
export function makeKillItem(index: number, mark: string): KillItem {
  const id = `${mark}-${index}`
  const way = [wholeExport, lateRoot, twoAttempts, nativeTrace, nativeParts][index % 5]!
  return { id, requests: way(id, index) }
}

const wholeExport = (id: string, index: number) => {
  const { root, calls, adds } = spansOf(id, index, 1)
  return [exportOf([root, ...calls], adds)]
}

/** Until the root comes, the calls belong to an item of their own, which is gone afterwards. */
const lateRoot = (id: string, index: number) => {
  const { root, calls, adds } = spansOf(id, index, 1)
  return [exportOf(calls.slice(0, 1), NOTHING), exportOf(calls.slice(1), NOTHING), exportOf([root], adds)]
}

const twoAttempts = (id: string, index: number) => {
  const attempts = [1, 2].map((attempt) => spansOf(id, index, attempt))
  return attempts.map(({ root, calls, adds }) => exportOf([root, ...calls], adds))
}

const nativeTrace = (id: string, index: number) => {
  const { trace, adds } = traceOf(id, index)
  const outcome = { status: 'resolved', occurredAt: atSecond(30) }
  return [post('/webhooks/traces', { ...trace, outcome }, { ...adds, outcomes: 1 })]
}

const nativeParts = (id: string, index: number) => {
  const { trace, adds } = traceOf(id, index)
  const item = { workflow: KILL_WORKFLOW, workItemId: id }
  const outcome = { ...item, status: 'escalated', occurredAt: atSecond(40), value: 12.5 }
  const people = { agentDecision: 'deny', humanDecision: 'approve', reason: `the policy covers ${id}`, actor: 'dana' }
  const override = { ...item, ...people, minutes: 4, occurredAt: atSecond(50), ...(index % 2 && { id: `v-${id}` }) }
  return [
    post('/webhooks/outcomes', outcome, { ...NOTHING, outcomes: 1 }),
    post('/webhooks/traces', trace, adds),
    post('/webhooks/overrides', override, { ...NOTHING, overrides: 1, correctionMinutes: 4 }),
  ]
}

const STARTED = Date.now() - 3_600_000
const atSecond = (second: number) => new Date(STARTED + second * 1000).toISOString()

/** Tokens and micro-dollars that differ from item to item, so that a mix-up does not add up. */
const callAmounts = (index: number, place: number) => ({
  inputTokens: 100 + ((index * 31 + place * 17) % 900),
  outputTokens: 10 + ((index + place) % 50),
  modelMicros: 1 + ((index * 7 + place) % 5000),
})

function sumCalls(index: number, places: readonly number[]): Amounts {
  return places
    .map((place) => ({ ...NOTHING, calls: 1, ...callAmounts(index, place) }))
    .reduce(addAmounts, { ...NOTHING, runs: 1 })
}

function traceOf(id: string, index: number) {
  const places = [1, 2]
  const steps = places.map((place) => {
    const { inputTokens, outputTokens, modelMicros } = callAmounts(index, place)
    const usage = { inputTokens, outputTokens }
    return { kind: 'llm', name: 'assess', model: 'acme-model', costUsd: toDollars(modelMicros), usage }
  })
  const trace = { traceId: id, workflow: KILL_WORKFLOW, workItem: { id }, startedAt: atSecond(0), steps }
  return { trace, adds: sumCalls(index, places) }
}

function spansOf(id: string, index: number, attempt: number) {
  const key = `${id}/${attempt}`
  const traceId = hexOf(key, 32)
  const rootId = hexOf(`${key}/root`, 16)
  const timesOf = (place: number) => {
    const start = STARTED + attempt * 10_000 + place * 100
    return { startTimeUnixNano: String(start * 1e6), endTimeUnixNano: String((start + 90) * 1e6) }
  }
  const places = [1, 2, 3].map((place) => place + attempt * 10)
  const calls = places.map((place) => {
    const { inputTokens, outputTokens, modelMicros } = callAmounts(index, place)
    const attributes = [
      text('gen_ai.operation.name', 'chat'),
      text('gen_ai.request.model', 'acme-model'),
      { key: 'gen_ai.usage.input_tokens', value: { intValue: inputTokens } },
      { key: 'gen_ai.usage.output_tokens', value: { intValue: outputTokens } },
      { key: 'gen_ai.usage.cost', value: { doubleValue: toDollars(modelMicros) } },
    ]
    const spanId = hexOf(`${key}/${place}`, 16)
    return { traceId, spanId, parentSpanId: rootId, name: 'chat', ...timesOf(place), attributes }
  })
  const attributes = [text('gen_ai.operation.name', 'invoke_agent'), text('docket.work_item.id', id)]
  const root = { traceId, spanId: rootId, name: 'invoke_agent', ...timesOf(0), attributes }
  return { root, calls, adds: sumCalls(index, places) }
}

function exportOf(spans: object[], adds: Amounts): KillRequest {
  const body = new Uint8Array(encodeExport(spans, KILL_WORKFLOW))
  return { path: '/v1/traces', contentType: 'application/x-protobuf', body, adds }
}

function post(path: string, content: object, adds: Amounts): KillRequest {
  return { path, contentType: 'application/json', body: new TextEncoder().encode(JSON.stringify(content)), adds }
}
