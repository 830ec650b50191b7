import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import type { Span } from '../../../src/domain/span.ts'
import { readSpan } from '../../../src/ingest/dialects/read-span.ts'
import { readExport } from '../../../src/ingest/otlp/read-export.ts'

function recorded(name: string): Span[] {
  const path = join(import.meta.dirname, `../../fixtures/dialects/${name}.json`)
  const { spans, rejected } = readExport(JSON.parse(readFileSync(path, 'utf8')))
  expect(rejected).toEqual([])
  return spans.map(readSpan)
}

/** Kind, name, model, then input, cached, output and reasoning tokens. */
const row = (span: Span) => [
  span.kind,
  span.name,
  span.model,
  span.usage?.inputTokens ?? null,
  span.usage?.cachedInputTokens ?? null,
  span.usage?.outputTokens ?? null,
  span.usage?.reasoningTokens ?? null,
]
const nothing = [null, null, null, null, null]
const call = ['gpt-4.1-2025-04-14', 2000, 1500, 300, 120]

it('reads Langfuse, whose parts of usage exclude each other', () => {
  const spans = recorded('langfuse')
  expect(spans.map(row)).toEqual([
    ['retrieval', 'find policy', ...nothing],
    ['tool', 'lookup_policy', ...nothing],
    ['llm', 'OpenAI.chat', ...call],
    ['guardrail', 'check', ...nothing],
    ['other', 'adjudicate', ...nothing],
  ])
  expect(spans[0]!.documents).toEqual([{ id: 'policy-7', title: null, score: 0.82, content: 'text' }])
  expect(spans[1]!.tool).toEqual({ name: 'lookup_policy', arguments: { id: 'policy-7' }, result: { found: true } })
  expect(spans[3]).toMatchObject({ status: 'error', error: 'refused' })
  for (const span of spans) {
    expect(span).toMatchObject({ dialect: 'langfuse', usageAmbiguity: null })
    expect(span.context).toEqual({ authority: 'dialect', workflow: 'claims', workItemId: 's-1' })
  }
})

it('reads LangSmith over OTLP', () => {
  const spans = recorded('langsmith')
  expect(spans.map(row)).toEqual([
    ['retrieval', 'find policy', ...nothing],
    ['tool', 'lookup_policy', ...nothing],
    ['llm', 'ChatOpenAI', ...call],
    ['chain', 'adjudicate', 'gpt-4.1-2025-04-14', null, null, null, null],
  ])
  expect(spans.map((span) => [span.provider, span.responseId])).toEqual([
    [null, null],
    [null, null],
    ['openai', 'chatcmpl-1'],
    [null, null],
  ])
  expect(spans[0]!.documents).toEqual([{ id: 'policy-7', title: null, score: 0.82, content: 'text' }])
  expect(spans[2]!.context).toMatchObject({ authority: 'dialect', workflow: 'claims', workItemId: 's-1' })
})

it('reads OpenInference', () => {
  const [span] = recorded('openinference')
  expect(row(span!)).toEqual(['llm', 'OpenAI Chat Completions', ...call])
  expect(span).toMatchObject({
    dialect: 'openinference',
    provider: 'openai',
    responseId: 'chatcmpl-1',
    status: 'ok',
    input: 'system: Adjudicate.\nuser: Assess claim-1, write to ann@example.com',
    output: 'assistant: The claim is denied under HR-12.',
    context: { authority: 'service', workflow: 'adjudicator', agentVersion: '2026.11.3' },
  })
})

it('reads OpenLLMetry, which gives no cached tokens: unknown, not 0', () => {
  const [span] = recorded('openllmetry')
  expect(row(span!)).toEqual(['llm', 'chat gpt-4.1', 'gpt-4.1-2025-04-14', 2000, null, 300, null])
  expect(span).toMatchObject({ dialect: 'openllmetry', provider: 'openai', responseId: 'chatcmpl-1' })
  expect(span!.input).toContain('Assess claim-1')
  expect(span!.output).toContain('denied under HR-12')
})

it.each(['opentelemetry-openai', 'elastic-openai'])('reads %s, which gives no cached tokens and no texts', (name) => {
  const [span, ...others] = recorded(name)
  expect(others).toEqual([])
  expect(row(span!)).toEqual(['llm', 'chat gpt-4.1', 'gpt-4.1-2025-04-14', 2000, null, 300, null])
  expect(span).toMatchObject({
    dialect: 'gen_ai',
    provider: 'openai',
    responseId: 'chatcmpl-1',
    input: null,
    output: null,
  })
})

it.each([
  ['openllmetry-anthropic', 'openllmetry', 'chat claude-sonnet-4-5', null],
  ['openinference-anthropic', 'openinference', 'Anthropic Messages', 'msg_1'],
])(
  'reads %s: 400 tokens of input, 1500 read from the cache and 100 written to it',
  (name, dialect, title, responseId) => {
    const [span] = recorded(name)
    expect(row(span!)).toEqual(['llm', title, 'claude-sonnet-4-5-20250929', 2000, 1500, 300, null])
    expect(span).toMatchObject({ dialect, provider: 'anthropic', responseId, usageAmbiguity: null })
    expect(span!.usage!.cacheWriteTokens).toBe(100)
    expect(span!.input).toContain('Assess claim-1')
    expect(span!.output).toContain('denied under HR-12')
  },
)

it('adds what OpenLLMetry’s Anthropic counts beside the input, also where that is more', () => {
  const path = join(import.meta.dirname, '../../fixtures/dialects/openllmetry-anthropic.json')
  const [raw] = readExport(JSON.parse(readFileSync(path, 'utf8'))).spans
  const attributes = { ...raw!.attributes, 'gen_ai.usage.input_tokens': 5000, 'gen_ai.usage.total_tokens': 5300 }
  expect(readSpan({ ...raw!, attributes })).toMatchObject({ usage: { inputTokens: 6600 }, usageAmbiguity: null })
})

it.each([
  ['vercel-ai-6', 'vercel_ai', 120],
  ['vercel-ai-7', 'gen_ai', null],
])('reads %s: its agent span sums the calls below it', (name, dialect, reasoning) => {
  const spans = recorded(name)
  const calls = spans.filter((span) => span.kind === 'llm')
  expect(calls.map((span) => row(span).slice(2))).toEqual(
    Array(2).fill(['gpt-4.1-2025-04-14', 2000, 1500, 300, reasoning]),
  )
  expect(calls.map((span) => span.responseId)).toEqual(['chatcmpl-1', 'chatcmpl-2'])
  const agents = spans.filter((span) => span.kind === 'agent')
  expect(agents.map((span) => [span.usage?.inputTokens, span.usage?.outputTokens, span.context.agentName])).toEqual([
    [4000, 600, 'assess-claim'],
  ])
  expect(spans.filter((span) => span.kind === 'tool').map((span) => span.tool)).toEqual([
    { name: 'lookup_policy', arguments: { id: 'policy-7' }, result: { id: 'policy-7', found: true } },
  ])
  expect(new Set(spans.map((span) => span.dialect))).toEqual(new Set([dialect]))
  expect(new Set(calls.map((span) => span.provider))).toEqual(new Set(['openai']))
})

it('takes Docket’s own names out of a dialect’s metadata, and keeps the session as what holds without them', () => {
  for (const span of recorded('vercel-ai-6')) {
    expect(span.context).toMatchObject({
      authority: 'docket',
      workItemId: 'claim-1',
      fallback: { authority: 'service', workflow: 'adjudicator', workItemId: 's-1' },
    })
  }
})
