import type { SpanKind } from '../../domain/span.ts'
import type { Attributes, RawSpan } from '../otlp/raw-span.ts'
import { spanKindOf } from '../span-kind.ts'
import { below, numberAt, objectAt, parsedAt, payloadAt, textAt } from './attributes.ts'
import { type ReportedUsage, sumKnown } from './normalise-usage.ts'
import { readDocuments } from './read-documents.ts'
import { tierAmongMetadata, tierIn } from './read-tier.ts'
import type { Dialect, Reading } from './reading.ts'

/** Langfuse's SDKs from version 3 on: `langfuse.observation.*`, `langfuse.trace.*`. */
export const langfuse: Dialect = {
  name: 'langfuse',
  marks: /^langfuse\./,
  read: readLangfuse,
  payloads: /^langfuse\.(?:observation|trace)\.(?:input|output)(?:\.|$)/,
}

function readLangfuse(span: RawSpan): Reading {
  const { attributes } = span
  const type = textAt(attributes, 'langfuse.observation.type')
  const kind = kindOf(type)
  const cost = objectAt(attributes, 'langfuse.observation.cost_details') ?? {}
  const own = {
    ...objectAt(attributes, 'langfuse.observation.metadata'),
    ...below(attributes, 'langfuse.observation.metadata.'),
  }
  const level = textAt(attributes, 'langfuse.observation.level')
  return {
    kind,
    model: textAt(attributes, 'langfuse.observation.model.name'),
    usage: usageOf(objectAt(attributes, 'langfuse.observation.usage_details')),
    // Its SDK keeps neither request nor answer whole: what was asked for stands among the model's parameters.
    serviceTier: tierAmongMetadata(own),
    requestedTier: tierIn(attributes['langfuse.observation.model.parameters']),
    costUsd:
      numberAt(cost, 'total') ??
      sumKnown(Object.entries(cost).map(([name]) => (name === 'total' ? null : numberAt(cost, name)))),
    input: payloadAt(attributes, 'langfuse.observation.input', 'langfuse.trace.input'),
    output: payloadAt(attributes, 'langfuse.observation.output', 'langfuse.trace.output'),
    documents: kind === 'retrieval' ? readDocuments(parsedAt(attributes, 'langfuse.observation.output')) : [],
    tool:
      kind === 'tool'
        ? {
            name: span.name,
            arguments: parsedAt(attributes, 'langfuse.observation.input'),
            result: parsedAt(attributes, 'langfuse.observation.output'),
          }
        : null,
    error: level === 'ERROR' ? (textAt(attributes, 'langfuse.observation.status_message') ?? 'error') : null,
    session: textAt(attributes, 'langfuse.session.id', 'session.id'),
    workflow: textAt(attributes, 'langfuse.trace.name'),
    promptVersion: promptVersionOf(attributes),
    agentVersion: textAt(attributes, 'langfuse.version', 'langfuse.release'),
    metadata: {
      ...objectAt(attributes, 'langfuse.trace.metadata', 'langfuse.observation.metadata'),
      ...below(attributes, 'langfuse.observation.metadata.'),
      ...below(attributes, 'langfuse.trace.metadata.'),
    },
  }
}

/** `span` is what Langfuse calls anything it knows nothing more about: another dialect on the span may know. */
function kindOf(type: string | null): SpanKind | null {
  return type === null || type === 'span' ? null : spanKindOf(type)
}

function promptVersionOf(attributes: Attributes): string | null {
  const version = textAt(attributes, 'langfuse.observation.prompt.version')
  const name = textAt(attributes, 'langfuse.observation.prompt.name')
  return name !== null && version !== null ? `${name}@${version}` : version
}

/**
 * `usage_details` has one number a kind of token, and they add up: `input` is without the cached ones, `output` without
 * the reasoning ones. Older and foreign names are taken too.
 */
function usageOf(details: Attributes | null): ReportedUsage | null {
  if (!details) return null
  const sum = (pattern: RegExp) =>
    sumKnown(Object.keys(details).flatMap((name) => (pattern.test(name) ? [numberAt(details, name)] : [])))
  const cachedInput = sum(/^(?:input_cached_tokens|input_cache_read|cache_read_input_tokens|cached_tokens)$/)
  const cacheWrite =
    sum(/^(?:input_cache_creation|cache_creation_input_tokens)$/) ?? sum(/^input_cache_creation_(?:5m|1h)$/)
  const reasoning = sum(/^(?:output_reasoning_tokens|output_reasoning|reasoning_tokens)$/)
  // Audio, images and the like are parts of their own; `input_tokens` and `output_tokens` are the wholes by another name.
  const otherInput = sum(/^input_(?!cache|tokens$)\w+$/)
  const otherOutput = sum(/^output_(?!reasoning|tokens$)\w+$/)
  const namedAlike = 'prompt_tokens' in details || 'promptTokens' in details
  return {
    input: sumKnown([numberAt(details, 'input', 'prompt_tokens', 'promptTokens', 'input_tokens'), otherInput]),
    output: sumKnown([
      numberAt(details, 'output', 'completion_tokens', 'completionTokens', 'output_tokens'),
      otherOutput,
    ]),
    total: numberAt(details, 'total', 'total_tokens', 'totalTokens'),
    cachedInput,
    cacheWrite,
    reasoning,
    // OpenAI's own names mean OpenAI's own counting, which includes.
    cached: namedAlike ? 'inclusive' : 'exclusive',
    reasoned: namedAlike ? 'inclusive' : 'exclusive',
  }
}
