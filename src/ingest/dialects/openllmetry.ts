import type { RetrievedDocument } from '../../domain/span.ts'
import type { RawSpan } from '../otlp/raw-span.ts'
import { spanKindOf } from '../span-kind.ts'
import { below, numberAt, parsedAt, payloadAt, textAt } from './attributes.ts'
import { flatMessages } from './gen-ai.ts'
import { genAiUsage } from './gen-ai-usage.ts'
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
    usage: genAiUsage(attributes),
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
