import { expect, it } from 'vitest'
import { callOf } from '../../src/attribution/counted-call.ts'
import { priceCall } from '../../src/attribution/price-call.ts'
import { TraceInput } from '../../src/domain/trace.ts'
import { readSpan } from '../../src/ingest/dialects/read-span.ts'
import { normaliseTrace } from '../../src/ingest/normalise-trace.ts'
import type { RawSpan } from '../../src/ingest/otlp/raw-span.ts'
import { buildSpan } from '../support/build-span.ts'

/**
 * One call of gpt-4.1 as each dialect reports it: 2000 tokens in, 1500 of them cached, and 300 out. At the standard tier
 * ($2, $0.50 and $8 a million) that is 500 × 2 + 1500 × 0.5 + 300 × 8 = 4150 micro-dollars; batch and flex cost half of it,
 * 2075. For priority the catalogue has no price.
 */
const [STANDARD, HALF] = [4150, 2075]
const AT = new Date('2026-11-17T09:12:03Z')

function priced(span: Parameters<typeof buildSpan>[0]) {
  return priceCall(callOf(buildSpan(span)), 'claims', { contractPrices: [] })?.micros ?? null
}

function pricedSpan(attributes: RawSpan['attributes'], scope = '') {
  const raw: RawSpan = {
    ...{ traceId: '5b8efff798038103d269b633813fc60c', spanId: '00f067aa0ba902b7', parentId: null, name: 'chat' },
    ...{ startedAt: AT, endedAt: AT, statusCode: 0, statusMessage: '', events: [], resource: {}, scope, attributes },
  }
  const span = readSpan(raw)
  expect(span.usage).toMatchObject({ inputTokens: 2000, cachedInputTokens: 1500, outputTokens: 300 })
  return [span.serviceTier, priced(span)]
}

const genAi = {
  'gen_ai.operation.name': 'chat',
  'gen_ai.provider.name': 'openai',
  'gen_ai.request.model': 'gpt-4.1',
  'gen_ai.usage.input_tokens': 2000,
  'gen_ai.usage.cache_read.input_tokens': 1500,
  'gen_ai.usage.output_tokens': 300,
}
const openInference = {
  'openinference.span.kind': 'LLM',
  'llm.provider': 'openai',
  'llm.model_name': 'gpt-4.1',
  'llm.token_count.prompt': 2000,
  'llm.token_count.prompt_details.cache_read': 1500,
  'llm.token_count.completion': 300,
}
const vercel = {
  'ai.operationId': 'ai.generateText.doGenerate',
  'ai.model.provider': 'openai.responses',
  'ai.model.id': 'gpt-4.1',
  'ai.usage.inputTokens': 2000,
  'ai.usage.cachedInputTokens': 1500,
  'ai.usage.outputTokens': 300,
}
const langfuse = {
  'langfuse.observation.type': 'generation',
  'langfuse.observation.model.name': 'gpt-4.1',
  'langfuse.observation.usage_details': '{"input":500,"input_cached_tokens":1500,"output":300}',
}
const langSmith = {
  'langsmith.span.kind': 'llm',
  'langsmith.metadata.ls_provider': 'openai',
  'langsmith.metadata.ls_model_name': 'gpt-4.1',
  // As LangChain writes it: the parts of a tier with prices of its own carry its name.
  'langsmith.usage_metadata':
    '{"input_tokens":2000,"output_tokens":300,"input_token_details":{"flex_cache_read":1500,"flex":500},"output_token_details":{"flex":300}}',
}
const mlflow = {
  'mlflow.spanType': '"CHAT_MODEL"',
  'mlflow.llm.model': '"gpt-4.1"',
  'mlflow.llm.provider': '"openai"',
  'mlflow.chat.tokenUsage': '{"input_tokens":2000,"output_tokens":300,"cache_read_input_tokens":1500}',
}

it.each([
  ['GenAI conventions', { ...genAi }, '', null, STANDARD],
  ['their answer', { ...genAi, 'openai.response.service_tier': 'flex' }, '', 'flex', HALF],
  ['their request', { ...genAi, 'openai.request.service_tier': 'flex' }, '', 'flex', HALF],
  ['their older names', { ...genAi, 'gen_ai.openai.response.service_tier': 'Priority' }, '', 'priority', null],
  [
    'a priority request that was served as standard',
    { ...genAi, 'openai.request.service_tier': 'priority', 'openai.response.service_tier': 'default' },
    ...(['', null, STANDARD] as const),
  ],
  [
    'OpenLLMetry',
    { ...genAi, 'llm.request.type': 'chat', 'openai.response.service_tier': 'flex' },
    ...(['@traceloop/instrumentation-openai', 'flex', HALF] as const),
  ],
  [
    'OpenInference, asked for',
    { ...openInference, 'llm.invocation_parameters': '{"model":"gpt-4.1","service_tier":"flex"}' },
    ...(['', 'flex', HALF] as const),
  ],
  [
    'OpenInference, served otherwise than asked for',
    {
      ...openInference,
      'llm.invocation_parameters': '{"service_tier":"flex"}',
      'output.mime_type': 'application/json',
      'output.value': '{"id":"resp_1","service_tier":"default","usage":{}}',
    },
    ...(['', null, STANDARD] as const),
  ],
  [
    'AI SDK',
    { ...vercel, 'ai.response.providerMetadata': '{"openai":{"responseId":"resp_1","serviceTier":"flex"}}' },
    ...(['ai', 'flex', HALF] as const),
  ],
  [
    'Langfuse, among the parameters',
    { ...langfuse, 'langfuse.observation.model.parameters': '{"temperature":1,"service_tier":"flex"}' },
    ...(['', 'flex', HALF] as const),
  ],
  [
    'Langfuse, as metadata',
    { ...langfuse, 'langfuse.observation.metadata.service_tier': 'batch' },
    ...(['', 'batch', HALF] as const),
  ],
  [
    'a customer’s own tier in Langfuse’s metadata, which is none of the model’s',
    { ...langfuse, 'langfuse.observation.metadata.service_tier': 'gold' },
    ...(['', null, STANDARD] as const),
  ],
  ['LangSmith, served', { ...langSmith, 'gen_ai.response.service_tier': 'flex' }, ...(['', 'flex', HALF] as const)],
  [
    'LangSmith, asked for',
    { ...langSmith, 'langsmith.metadata.ls_invocation_params': '{"service_tier":"flex"}' },
    ...(['', 'flex', HALF] as const),
  ],
  [
    'MLflow, by the raw answer',
    { ...mlflow, 'mlflow.spanInputs': '{"service_tier":"auto"}', 'mlflow.spanOutputs': '{"service_tier":"flex"}' },
    ...(['', 'flex', HALF] as const),
  ],
  ['MLflow, asked for', { ...mlflow, 'mlflow.spanInputs': '{"service_tier":"flex"}' }, '', 'flex', HALF],
])('prices a call at the tier of %s', (_name, attributes, scope, tier, micros) => {
  expect(pricedSpan(attributes, scope)).toEqual([tier, micros])
})

it.each([
  ['its own field', { serviceTier: 'batch' }, {}, HALF],
  ['its usage', {}, { serviceTier: 'flex' }, HALF],
  ['its attributes', { attributes: { service_tier: 'flex' } }, {}, HALF],
  ['a tier without a known price', { serviceTier: 'priority' }, {}, null],
  ['the standard tier by another name', { serviceTier: 'on_demand' }, {}, STANDARD],
])('prices a native step by %s', (_name, fields, usage, micros) => {
  const step = {
    ...{ kind: 'llm', model: 'gpt-4.1', provider: 'openai', ...fields },
    usage: { inputTokens: 2000, cachedInputTokens: 1500, outputTokens: 300, ...usage },
  }
  const input = TraceInput.parse({ workflow: 'claims', startedAt: AT.toISOString(), steps: [step] })
  const span = normaliseTrace(input, AT).spans.at(-1)!
  expect(span.usage).toEqual({ inputTokens: 2000, cachedInputTokens: 1500, outputTokens: 300 })
  expect(priced(span)).toBe(micros)
})

it('prices Anthropic’s batches by the tier in the usage of its answer', () => {
  // Claude Sonnet 4: $3 in and $15 out a million. (1000 × 3 + 200 × 15) ÷ 2 = 3000 micro-dollars.
  const span = readSpan({
    ...{ traceId: 't', spanId: 's', parentId: null, name: 'messages', startedAt: AT, endedAt: AT, events: [] },
    ...{ statusCode: 0, statusMessage: '', resource: {}, scope: '' },
    attributes: {
      'openinference.span.kind': 'LLM',
      'llm.provider': 'anthropic',
      'llm.model_name': 'claude-sonnet-4-20250514',
      'llm.token_count.prompt': 1000,
      'llm.token_count.completion': 200,
      'output.mime_type': 'application/json',
      'output.value': '{"id":"msg_1","usage":{"service_tier":"batch"}}',
    },
  })
  expect([span.serviceTier, priced(span)]).toEqual(['batch', 3000])
})
