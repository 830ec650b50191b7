import type { Span } from '../domain/span.ts'
import { cutPayload } from './cut-payload.ts'
import { redactPayload, redactValue } from './redact-value.ts'

const textOrNull = (text: string | null | undefined) => (text == null ? null : cutPayload(text))

/** Every free text of a span redacted and cut. Ids, numbers, times, model names and the context's names stay as they are. */
export function redactSpan(span: Span): Span {
  return {
    ...span,
    name: cutPayload(span.name),
    error: textOrNull(span.error),
    input: textOrNull(span.input),
    output: textOrNull(span.output),
    documents: span.documents.map((document) => ({
      ...document,
      title: textOrNull(document.title),
      content: textOrNull(document.content),
    })),
    tool: span.tool && {
      ...span.tool,
      arguments: redactPayload(span.tool.arguments),
      result: redactPayload(span.tool.result),
    },
    decision: span.decision && {
      ...span.decision,
      choice: cutPayload(span.decision.choice),
      ...(span.decision.alternatives && { alternatives: span.decision.alternatives.map(cutPayload) }),
      rationale: textOrNull(span.decision.rationale),
    },
    evaluations: span.evaluations.map((evaluation) => ({
      ...evaluation,
      explanation: textOrNull(evaluation.explanation),
    })),
    attributes: redactPayloadObject(span.attributes),
    context: span.context.workItemAttributes
      ? {
          ...span.context,
          workItemAttributes: redactValue(span.context.workItemAttributes) as typeof span.context.workItemAttributes,
        }
      : span.context,
  }
}

/** Attributes stay an object, whatever their size. */
function redactPayloadObject(attributes: Record<string, unknown>): Record<string, unknown> {
  const redacted = redactPayload(attributes)
  return typeof redacted === 'string' ? { cut: redacted } : (redacted as Record<string, unknown>)
}
