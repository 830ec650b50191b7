import type { RetrievedDocument } from '../../domain/span.ts'
import type { RawSpan } from '../otlp/raw-span.ts'
import { spanKindOf } from '../span-kind.ts'
import { below, numberAt, parsedAt, payloadAt, textAt } from './attributes.ts'
import { flatMessages } from './gen-ai.ts'
import { genAiUsage } from './gen-ai-usage.ts'
import type { ReportedUsage } from './normalise-usage.ts'
import type { Dialect, Reading } from './reading.ts'

/** OpenLLMetry (Traceloop): `traceloop.*` around spans with older GenAI names. */
export const openLlmetry: Dialect = {
  name: 'openllmetry',
  marks: /^(?:traceloop\.|llm\.request\.type$)/,
  isMarked: ({ scope }) => scope.startsWith('@traceloop/'),
  read: readOpenLlmetry,
  payloads: /^(?:traceloop\.entity\.(?:input|output)$|gen_ai\.(?:prompt|completion)\.|llm\.request\.functions\.)/,
}

const PROPERTIES = 'traceloop.association.properties.'

function readOpenLlmetry(span: RawSpan): Reading {
  const { attributes } = span
  const spanKind = textAt(attributes, 'traceloop.span.kind')
  const requestType = textAt(attributes, 'llm.request.type')
  const kind = requestType ? spanKindOf(requestType) : spanKind === 'session' ? 'workflow' : spanKindOf(spanKind ?? '')
  const properties = below(attributes, PROPERTIES)
  const documents = span.events
    .filter((event) => event.name === 'db.query.result')
    .map(
      ({ attributes: result }, index): RetrievedDocument => ({
        id: textAt(result, 'db.query.result.id') ?? `#${index + 1}`,
        score: numberAt(result, 'db.query.result.score', 'db.query.result.distance'),
        content: payloadAt(result, 'db.query.result.document'),
      }),
    )
  return {
    kind: kind ?? (documents.length > 0 ? 'retrieval' : null),
    name: textAt(attributes, 'traceloop.entity.name'),
    usage: usageOf(span),
    input: flatMessages(attributes, 'gen_ai.prompt.') ?? payloadAt(attributes, 'traceloop.entity.input'),
    output: flatMessages(attributes, 'gen_ai.completion.') ?? payloadAt(attributes, 'traceloop.entity.output'),
    documents,
    tool:
      kind === 'tool'
        ? {
            name: textAt(attributes, 'traceloop.entity.name') ?? span.name,
            arguments: parsedAt(attributes, 'traceloop.entity.input'),
            result: parsedAt(attributes, 'traceloop.entity.output'),
          }
        : null,
    session: textAt(properties, 'session_id', 'sessionId', 'session.id', 'thread_id', 'conversation_id'),
    workflow: textAt(attributes, 'traceloop.workflow.name'),
    promptVersion: textAt(attributes, 'traceloop.prompt.version', 'traceloop.prompt.version_name'),
    metadata: properties,
  }
}

/** Its instrumentation of Anthropic in JavaScript hands on that API's own counts, in which the input leaves cached tokens out. */
const HANDS_ON_COUNTS = '@traceloop/instrumentation-anthropic'

function usageOf({ attributes, scope }: RawSpan): ReportedUsage | null {
  const usage = genAiUsage(attributes)
  return usage && scope === HANDS_ON_COUNTS ? { ...usage, cached: 'exclusive' } : usage
}
