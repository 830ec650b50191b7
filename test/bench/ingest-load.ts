import { createHash } from 'node:crypto'
import { ExportRequest } from '../../src/ingest/otlp/protocol.ts'

export interface LoadShape {
  traces: number
  /** Spans of each trace, its root included. */
  spans: number
  /** Spans of one request, more only to keep a trace whole. */
  batch: number
  /** Marks this load's work items, so that loads of several runs stay apart. */
  mark: string
}

export interface Load {
  /** Export requests in protobuf, each of whole traces. */
  bodies: Buffer[]
  /** Work item ids, and the tokens that each must end up with. */
  expected: Map<string, { inputTokens: number; outputTokens: number; calls: number }>
}

export const BENCH_WORKFLOW = 'bench-ingest'
/** Agent runs as an instrumented program sends them: a root, and model calls with a prompt and an answer of a kilobyte. */
export function makeLoad({ traces, spans, batch: size, mark }: LoadShape, startedAt: Date): Load {
  const bodies: Buffer[] = []
  const expected: Load['expected'] = new Map()
  let batch: object[] = []
  for (let index = 0; index < traces; index++) {
    const id = `${mark}-${index}`
    const made = makeTrace(id, index, spans, startedAt)
    expected.set(id, made.tokens)
    batch.push(...made.spans)
    if (batch.length >= size || index === traces - 1) {
      bodies.push(encodeExport(batch, BENCH_WORKFLOW))
      batch = []
    }
  }
  return { bodies, expected }
}

function makeTrace(id: string, index: number, count: number, startedAt: Date) {
  const traceId = hexOf(id, 32)
  const rootId = hexOf(`${id}/0`, 16)
  const tokens = { inputTokens: 0, outputTokens: 0, calls: 0 }
  const start = startedAt.getTime() + index
  const spans = Array.from({ length: count }, (_, place) => {
    const isRoot = place === 0
    const inputTokens = 900 + ((index * 31 + place * 17) % 400)
    const outputTokens = 40 + ((index + place) % 50)
    if (!isRoot) {
      tokens.inputTokens += inputTokens
      tokens.outputTokens += outputTokens
      tokens.calls += 1
    }
    return {
      traceId,
      spanId: isRoot ? rootId : hexOf(`${id}/${place}`, 16),
      ...(!isRoot && { parentSpanId: rootId }),
      name: isRoot ? 'invoke_agent adjudicator' : 'chat gpt-4.1-mini',
      startTimeUnixNano: String((start + place * 100) * 1e6),
      endTimeUnixNano: String((start + place * 100 + 90) * 1e6),
      attributes: isRoot ? rootAttributes(id) : callAttributes(id, place, inputTokens, outputTokens),
    }
  })
  return { spans, tokens }
}

const rootAttributes = (id: string) => [
  text('gen_ai.operation.name', 'invoke_agent'),
  text('docket.work_item.id', id),
  text('docket.work_item.attr.region', 'TX'),
]

const PROSE = 'The claim concerns water damage in a rented home after the storm of the ninth. '

const callAttributes = (id: string, place: number, inputTokens: number, outputTokens: number) => [
  text('gen_ai.operation.name', 'chat'),
  text('gen_ai.provider.name', 'openai'),
  text('gen_ai.request.model', 'gpt-4.1-mini'),
  text('gen_ai.response.model', 'gpt-4.1-mini-2025-04-14'),
  text('gen_ai.response.id', `chatcmpl-${id}-${place}`),
  text('gen_ai.input.messages', `${id}: ${PROSE.repeat(10)}`),
  text('gen_ai.output.messages', `${place}: ${PROSE.repeat(3)}`),
  { key: 'gen_ai.usage.input_tokens', value: { intValue: inputTokens } },
  { key: 'gen_ai.usage.output_tokens', value: { intValue: outputTokens } },
]

export function text(key: string, stringValue: string) {
  return { key, value: { stringValue } }
}

/** An export request in protobuf; ids of spans in hex. */
export function encodeExport(spans: object[], workflow: string): Buffer {
  const attributes = [text('service.name', 'bench'), text('docket.workflow', workflow)]
  const request = { resourceSpans: [{ resource: { attributes }, scopeSpans: [{ scope: { name: 'bench' }, spans }] }] }
  return Buffer.from(ExportRequest.encode(ExportRequest.fromObject(withBytes(request))).finish())
}

/** Ids are bytes in protobuf; they were made as hex. */
function withBytes(request: object): object {
  return JSON.parse(JSON.stringify(request), (key, value) =>
    key === 'traceId' || key === 'spanId' || key === 'parentSpanId'
      ? Buffer.from(value, 'hex').toString('base64')
      : value,
  )
}

/** Distinct for distinct texts, and the same every time. */
export function hexOf(text: string, length: number): string {
  return createHash('sha256').update(text).digest('hex').slice(0, length)
}
