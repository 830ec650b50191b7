import type { Span, SpanContext } from '../domain/span.ts'
import { cutPayload } from './cut-payload.ts'
import { redactPayload, redactValue } from './redact-value.ts'
import type { Redaction } from './redaction.ts'

/** Every free text of a span redacted and cut. Ids, numbers, times, model names and the context's names stay as they are. */
export function redactSpan(span: Span, redaction?: Redaction): Span {
  const cut = (text: string) => cutPayload(text, redaction)
  const cutOrNull = (text: string | null | undefined) => (text == null ? null : cut(text))
  return {
    ...span,
    name: cut(span.name),
    error: cutOrNull(span.error),
    input: cutOrNull(span.input),
    output: cutOrNull(span.output),
    documents: span.documents.map((document) => ({
      ...document,
      title: cutOrNull(document.title),
      content: cutOrNull(document.content),
    })),
    tool: span.tool && {
      ...span.tool,
      arguments: redactPayload(span.tool.arguments, redaction),
      result: redactPayload(span.tool.result, redaction),
    },
    decision: span.decision && {
      ...span.decision,
      choice: cut(span.decision.choice),
      ...(span.decision.alternatives && { alternatives: span.decision.alternatives.map(cut) }),
      rationale: cutOrNull(span.decision.rationale),
    },
    evaluations: span.evaluations.map((evaluation) => ({
      ...evaluation,
      explanation: cutOrNull(evaluation.explanation),
    })),
    attributes: redactPayloadObject(span.attributes, redaction),
    context: redactContext(span.context, redaction),
  }
}

function redactContext(context: SpanContext, redaction?: Redaction): SpanContext {
  const { workItemAttributes, decisionParts } = context
  if (!workItemAttributes && !decisionParts) return context
  return {
    ...context,
    ...(workItemAttributes && {
      workItemAttributes: redactValue(workItemAttributes, redaction) as typeof workItemAttributes,
    }),
    ...(decisionParts && { decisionParts: redactValue(decisionParts, redaction) as typeof decisionParts }),
  }
}

/** Attributes stay an object, whatever their size. */
function redactPayloadObject(attributes: Record<string, unknown>, redaction?: Redaction): Record<string, unknown> {
  const redacted = redactPayload(attributes, redaction)
  return typeof redacted === 'string' ? { cut: redacted } : (redacted as Record<string, unknown>)
}
