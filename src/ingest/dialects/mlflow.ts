import type { SpanKind } from '../../domain/span.ts'
import type { Attributes, RawSpan } from '../otlp/raw-span.ts'
import { spanKindOf } from '../span-kind.ts'
import { numberAt, objectAt, parsedAt, payloadAt, textAt } from './attributes.ts'
import type { ReportedUsage } from './normalise-usage.ts'
import { readDocuments } from './read-documents.ts'
import { tierIn } from './read-tier.ts'
import type { Dialect, Reading } from './reading.ts'

/** MLflow tracing: `mlflow.*`, every value as JSON text. */
export const mlflow: Dialect = {
  name: 'mlflow',
  marks: /^mlflow\./,
  read: readMlflow,
  payloads: /^mlflow\.(?:spanInputs|spanOutputs|chat\.messages|chat\.tools)$/,
}

function readMlflow(span: RawSpan): Reading {
  const attributes = Object.fromEntries(Object.entries(span.attributes).map(([name, value]) => [name, unquoted(value)]))
  const kind = kindOf(textAt(attributes, 'mlflow.spanType'))
  const cost = objectAt(attributes, 'mlflow.llm.cost') ?? {}
  const outputs = parsedAt(attributes, 'mlflow.spanOutputs')
  return {
    kind,
    model: textAt(attributes, 'mlflow.llm.model'),
    provider: textAt(attributes, 'mlflow.llm.provider'),
    usage: usageOf(attributes),
    // Its autologging keeps the call's arguments and the raw answer.
    serviceTier: kind === 'llm' ? tierIn(outputs) : null,
    requestedTier: kind === 'llm' ? tierIn(attributes['mlflow.spanInputs']) : null,
    costUsd: numberAt(cost, 'total_cost', 'total'),
    input: payloadAt(attributes, 'mlflow.spanInputs'),
    output: payloadAt(attributes, 'mlflow.spanOutputs'),
    documents: kind === 'retrieval' ? readDocuments(outputs) : [],
    tool:
      kind === 'tool'
        ? { name: span.name, arguments: parsedAt(attributes, 'mlflow.spanInputs'), result: outputs }
        : null,
    session: textAt(attributes, 'mlflow.trace.session', 'session.id'),
  }
}

/** A text that is a JSON string: `"gpt-4o"` with its quotes. */
function unquoted(value: unknown): unknown {
  if (typeof value !== 'string' || !/^".*"$/s.test(value)) return value
  try {
    return JSON.parse(value) as unknown
  } catch {
    return value
  }
}

function kindOf(type: string | null): SpanKind | null {
  if (type === null || type === 'UNKNOWN') return null
  return type === 'PARSER' || type === 'MEMORY' ? 'step' : spanKindOf(type)
}

/** The names are Anthropic's where tokens were cached, and then so is the counting; MLflow itself has no rule. */
function usageOf(attributes: Attributes): ReportedUsage | null {
  const usage = objectAt(attributes, 'mlflow.chat.tokenUsage')
  if (!usage) return null
  return {
    input: numberAt(usage, 'input_tokens'),
    output: numberAt(usage, 'output_tokens'),
    total: numberAt(usage, 'total_tokens'),
    cachedInput: numberAt(usage, 'cache_read_input_tokens'),
    cacheWrite: numberAt(usage, 'cache_creation_input_tokens'),
    cached: 'unknown',
  }
}
