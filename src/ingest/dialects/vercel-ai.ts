import type { SpanKind } from '../../domain/span.ts'
import type { Attributes, RawSpan } from '../otlp/raw-span.ts'
import { below, numberAt, objectAt, parsedAt, payloadAt, textAt } from './attributes.ts'
import { type ReportedUsage, sumKnown } from './normalise-usage.ts'
import { tierOfProvider } from './read-tier.ts'
import type { Dialect, Reading } from './reading.ts'

/** Vercel's AI SDK: version 6 and before under `ai.*`; version 7 speaks the GenAI conventions, with settings of its own. */
export const vercelAi: Dialect = {
  name: 'vercel_ai',
  marks: /^ai\./,
  isMarked: ({ scope }) => scope === 'ai' || scope === '@ai-sdk/otel',
  read: readVercelAi,
  payloads:
    /^ai\.(?:prompt(?:\.|$)|response\.(?:text|object|toolCalls|reasoning)$|toolCall\.(?:args|result)$|values?$|embeddings?$|schema$|documents$|ranking$)/,
}

/** The `.do…` spans are the model calls; those without are what holds them, retries and steps included. */
const KINDS: readonly [pattern: RegExp, kind: SpanKind][] = [
  [/^ai\.(?:generateText|streamText|generateObject|streamObject)\.do/, 'llm'],
  [/^ai\.embed(?:Many)?\.doEmbed/, 'embedding'],
  [/^ai\.rerank\.doRerank/, 'rerank'],
  [/^ai\.toolCall/, 'tool'],
  [/^ai\.(?:generateText|streamText|generateObject|streamObject)/, 'agent'],
  [/^ai\./, 'chain'],
]

function readVercelAi(span: RawSpan): Reading {
  const { attributes } = span
  const operation = textAt(attributes, 'ai.operationId') ?? span.name
  const kind = KINDS.find(([pattern]) => pattern.test(operation))?.[1] ?? null
  const metadata = { ...below(attributes, 'ai.settings.context.'), ...below(attributes, 'ai.telemetry.metadata.') }
  return {
    kind,
    name: kind === 'tool' ? textAt(attributes, 'ai.toolCall.name') : null,
    model: textAt(attributes, 'ai.response.model', 'ai.model.id'),
    provider: textAt(attributes, 'ai.model.provider'),
    responseId: textAt(attributes, 'ai.response.id'),
    usage: usageOf(attributes),
    serviceTier: tierOfProvider(attributes['ai.response.providerMetadata']),
    input: payloadAt(attributes, 'ai.prompt.messages', 'ai.prompt', 'ai.toolCall.args', 'ai.value', 'ai.values'),
    output:
      [
        payloadAt(attributes, 'ai.response.text', 'ai.response.object', 'ai.toolCall.result'),
        payloadAt(attributes, 'ai.response.toolCalls'),
      ]
        .filter((text) => text !== null)
        .join('\n') || null,
    tool:
      kind === 'tool'
        ? {
            name: textAt(attributes, 'ai.toolCall.name') ?? span.name,
            arguments: parsedAt(attributes, 'ai.toolCall.args'),
            result: parsedAt(attributes, 'ai.toolCall.result'),
          }
        : null,
    session: textAt(metadata, 'sessionId', 'session_id', 'threadId', 'chatId', 'conversationId'),
    agentName: textAt(attributes, 'ai.telemetry.functionId', 'resource.name'),
    metadata,
  }
}

/** Version 6 says what was not cached; before it, Anthropic's input came without cached tokens and others' with. */
function usageOf(attributes: Attributes): ReportedUsage | null {
  const read = (...names: string[]) => numberAt(attributes, ...names.map((name) => `ai.usage.${name}`))
  const written = cacheWritten(attributes)
  const cachedInput = read('inputTokenDetails.cacheReadTokens', 'cachedInputTokens')
  const cacheWrite = read('inputTokenDetails.cacheWriteTokens') ?? written
  const plain = read('inputTokenDetails.noCacheTokens')
  const usage: ReportedUsage = {
    input: plain === null ? read('inputTokens', 'promptTokens', 'tokens') : sumKnown([plain, cachedInput, cacheWrite]),
    output: read('outputTokens', 'completionTokens'),
    total: read('totalTokens'),
    cachedInput,
    cacheWrite,
    reasoning: read('outputTokenDetails.reasoningTokens', 'reasoningTokens'),
    cached:
      plain === null && /anthropic|bedrock/i.test(textAt(attributes, 'ai.model.provider') ?? '')
        ? 'unknown'
        : 'inclusive',
  }
  const { cached: _rule, ...counts } = usage
  return Object.values(counts).some((tokens) => tokens !== null) ? usage : null
}

function cacheWritten(attributes: Attributes): number | null {
  const anthropic = objectAt(attributes, 'ai.response.providerMetadata')?.anthropic as Attributes | undefined
  const usage = anthropic?.usage as Attributes | undefined
  if (!usage || typeof usage !== 'object') return null
  const parts = (usage.cache_creation ?? {}) as Attributes
  return (
    numberAt(usage, 'cache_creation_input_tokens') ??
    sumKnown([numberAt(parts, 'ephemeral_5m_input_tokens'), numberAt(parts, 'ephemeral_1h_input_tokens')])
  )
}
