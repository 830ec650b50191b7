import type { RetrievedDocument, SpanKind } from '../../domain/span.ts'
import type { Attributes, RawSpan } from '../otlp/raw-span.ts'
import { below, listBelow, numberAt, objectAt, parsedAt, payloadAt, textAt } from './attributes.ts'
import type { ReportedUsage } from './normalise-usage.ts'
import { readAnnotations } from './read-evaluations.ts'
import { tierIn } from './read-tier.ts'
import type { Dialect, Reading } from './reading.ts'

/** OpenInference (Arize Phoenix): `openinference.span.kind`, `llm.*`, `input.value`, `retrieval.documents.N`. */
export const openInference: Dialect = {
  name: 'openinference',
  marks: /^(?:openinference\.span\.kind$|llm\.(?:token_count|input_messages)\.)/,
  read: readOpenInference,
  payloads:
    /^(?:input\.value|output\.value|llm\.(?:input_messages|output_messages|prompts|tools|choices)\.|retrieval\.documents\.|reranker\.(?:input|output)_documents\.|embedding\.embeddings\.|tool\.parameters$|(?:trace\.|session\.)?annotations\.|evaluations\.)/,
}

/** Its DECISION is a call to a decision model, not a decision of an agent. */
const KINDS: Readonly<Record<string, SpanKind>> = {
  LLM: 'llm',
  DECISION: 'llm',
  EMBEDDING: 'embedding',
  RERANKER: 'rerank',
  RETRIEVER: 'retrieval',
  CHAIN: 'chain',
  TOOL: 'tool',
  AGENT: 'agent',
  GUARDRAIL: 'guardrail',
  EVALUATOR: 'evaluation',
  PROMPT: 'step',
}

function readOpenInference(span: RawSpan): Reading {
  const { attributes } = span
  const kind = KINDS[(textAt(attributes, 'openinference.span.kind') ?? '').toUpperCase()] ?? null
  const answer =
    textAt(attributes, 'output.mime_type') === 'application/json' ? objectAt(attributes, 'output.value') : null
  return {
    kind,
    model: textAt(
      attributes,
      'llm.response.model_name',
      'llm.model_name',
      'llm.request.model_name',
      'embedding.model_name',
      'reranker.model_name',
      'decision.model_name',
    ),
    provider: textAt(attributes, 'llm.provider', 'llm.system'),
    responseId: textAt(attributes, 'llm.response.id') ?? responseIdIn(answer),
    serviceTier: kind === 'llm' ? tierIn(answer) : null,
    requestedTier: tierIn(attributes['llm.invocation_parameters']),
    usage: usageOf(attributes),
    costUsd: numberAt(attributes, 'llm.cost.total'),
    input: messages(attributes, 'llm.input_messages.') ?? payloadAt(attributes, 'input.value', 'reranker.query'),
    output: messages(attributes, 'llm.output_messages.') ?? payloadAt(attributes, 'output.value'),
    documents: [
      ...listBelow(attributes, 'retrieval.documents.').map(readDocument),
      ...listBelow(attributes, 'reranker.output_documents.').map(readDocument),
    ],
    tool:
      kind === 'tool'
        ? {
            name: textAt(attributes, 'tool.name') ?? span.name,
            arguments: parsedAt(attributes, 'input.value', 'tool.parameters'),
            result: parsedAt(attributes, 'output.value'),
          }
        : null,
    evaluations: readAnnotations(attributes),
    session: textAt(attributes, 'session.id'),
    agentName: textAt(attributes, 'agent.name'),
    metadata: { ...objectAt(attributes, 'metadata'), ...below(attributes, 'metadata.') },
  }
}

/** Instrumentations keep the raw answer as the output: its id tells two reports of one call. */
function responseIdIn(answer: Attributes | null): string | null {
  const id = answer?.id
  return typeof id === 'string' && /^(?:chatcmpl-|cmpl-|resp_|msg_)/.test(id) ? id : null
}

function usageOf(attributes: Attributes): ReportedUsage | null {
  const usage: ReportedUsage = {
    input: numberAt(attributes, 'llm.token_count.prompt', 'decision.token_count.input'),
    output: numberAt(attributes, 'llm.token_count.completion', 'decision.token_count.output'),
    total: numberAt(attributes, 'llm.token_count.total'),
    cachedInput: numberAt(
      attributes,
      'llm.token_count.prompt_details.cache_read',
      'llm.token_count.prompt_details.cache_input',
    ),
    cacheWrite: numberAt(attributes, 'llm.token_count.prompt_details.cache_write'),
    reasoning: numberAt(attributes, 'llm.token_count.completion_details.reasoning'),
    cached: 'inclusive',
  }
  const { cached: _rule, ...counts } = usage
  return Object.values(counts).some((tokens) => tokens !== null) ? usage : null
}

function messages(attributes: Attributes, prefix: string): string | null {
  const list = listBelow(attributes, prefix).map((item) => {
    const parts = listBelow(item, 'message.contents.').map(
      (part) => textAt(part, 'message_content.text', 'message_content.image.image.url') ?? '',
    )
    const calls = listBelow(item, 'message.tool_calls.').map(
      (call) =>
        `${textAt(call, 'tool_call.function.name') ?? ''}(${textAt(call, 'tool_call.function.arguments') ?? ''})`,
    )
    const content = payloadAt(item, 'message.content') ?? parts.join(' ')
    return `${textAt(item, 'message.role') ?? ''}: ${[content, ...calls].filter((text) => text !== '').join(' ')}`
  })
  return list.length > 0 ? list.join('\n') : null
}

export function readDocument(item: Attributes, index: number): RetrievedDocument {
  const metadata = objectAt(item, 'document.metadata') ?? {}
  return {
    id: textAt(item, 'document.id') ?? textAt(metadata, 'id', 'document_id', 'source') ?? `#${index + 1}`,
    title: textAt(metadata, 'title'),
    score: numberAt(item, 'document.score'),
    content: payloadAt(item, 'document.content'),
  }
}
