import type { SpanKind } from '../../domain/span.ts'
import type { Attributes, RawSpan } from '../otlp/raw-span.ts'
import { spanKindOf } from '../span-kind.ts'
import { below, listBelow, numberAt, objectAt, parsedAt, payloadAt, textAt } from './attributes.ts'
import { genAiUsage } from './gen-ai-usage.ts'
import type { ReportedUsage } from './normalise-usage.ts'
import { readDocument } from './openinference.ts'
import { readDocuments } from './read-documents.ts'
import { tierAmongMetadata, tierIn } from './read-tier.ts'
import type { Dialect, Reading } from './reading.ts'

/** LangSmith's SDK exporting over OTLP: `langsmith.*` beside GenAI names. */
export const langSmith: Dialect = {
  name: 'langsmith',
  marks: /^langsmith\./,
  read: readLangSmith,
  payloads: /^(?:gen_ai\.(?:prompt|completion)$|(?:input|output)\.value$|retrieval\.documents\.|inputs$|outputs$)/,
}

function readLangSmith(span: RawSpan): Reading {
  const { attributes } = span
  const metadata = below(attributes, 'langsmith.metadata.')
  const kind = kindOf(textAt(attributes, 'langsmith.span.kind'))
  return {
    kind,
    model:
      textAt(attributes, 'gen_ai.response.model') ??
      textAt(metadata, 'ls_model_name') ??
      textAt(objectAt(attributes, 'invocation_params') ?? {}, 'model', 'model_name'),
    provider: textAt(metadata, 'ls_provider'),
    usage: usageOf(attributes),
    serviceTier: kind === 'llm' ? tierAmongMetadata(metadata) : null,
    requestedTier: tierIn(metadata.ls_invocation_params) ?? tierIn(attributes.invocation_params),
    input: payloadAt(attributes, 'gen_ai.prompt', 'input.value', 'inputs'),
    output: payloadAt(attributes, 'gen_ai.completion', 'output.value', 'outputs'),
    documents:
      kind === 'retrieval'
        ? [
            ...listBelow(attributes, 'retrieval.documents.').map(readDocument),
            ...readDocuments(parsedAt(attributes, 'gen_ai.completion', 'outputs')),
          ]
        : [],
    tool:
      kind === 'tool'
        ? {
            name: textAt(attributes, 'gen_ai.tool.name') ?? span.name,
            arguments: parsedAt(attributes, 'gen_ai.prompt', 'input.value', 'inputs'),
            result: parsedAt(attributes, 'gen_ai.completion', 'output.value', 'outputs'),
          }
        : null,
    session:
      textAt(metadata, 'session_id', 'thread_id', 'conversation_id') ??
      textAt(attributes, 'langsmith.trace.session_id'),
    workflow: workflowOf(span),
    promptVersion: textAt(metadata, 'lc_hub_commit_hash', 'prompt_version'),
    metadata,
  }
}

/** The project (which its SDK calls session); `langsmith.trace.name` is each span's own name, so only the root's tells. */
function workflowOf({ attributes, parentId }: RawSpan): string | null {
  const project = textAt(attributes, 'langsmith.trace.session_name')
  if (project !== null && project !== 'default') return project
  return parentId === null ? textAt(attributes, 'langsmith.trace.name') : null
}

function kindOf(kind: string | null): SpanKind | null {
  if (kind === 'prompt' || kind === 'parser') return 'step'
  return kind === null ? null : spanKindOf(kind)
}

/**
 * `usage_metadata` as LangChain makes it, where the input includes cached tokens, and a tier that has its own prices stands
 * before the names of its parts; else the GenAI names.
 */
function usageOf(attributes: Attributes): ReportedUsage | null {
  const usage = objectAt(attributes, 'langsmith.usage_metadata', 'usage_metadata', 'langsmith.metadata.usage_metadata')
  if (!usage) return genAiUsage(attributes)
  const input = objectAt(usage, 'input_token_details') ?? {}
  const output = objectAt(usage, 'output_token_details') ?? {}
  return {
    input: numberAt(usage, 'input_tokens'),
    output: numberAt(usage, 'output_tokens'),
    total: numberAt(usage, 'total_tokens'),
    cachedInput: numberAt(input, 'cache_read', 'flex_cache_read', 'priority_cache_read'),
    cacheWrite: numberAt(input, 'cache_creation'),
    reasoning: numberAt(output, 'reasoning', 'flex_reasoning', 'priority_reasoning'),
    cached: 'inclusive',
  }
}
