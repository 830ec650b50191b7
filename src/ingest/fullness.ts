import type { Span } from '../domain/span.ts'

/**
 * How much a copy of a span says: known fields, members and the rough length of its texts. Of two copies the one that
 * says more is kept, so that a span sent at its start and again at its end ends up whole, in whatever order they come.
 */
export function fullnessOf(span: Span): number {
  const { context } = span
  const known = [
    span.parentId,
    span.error,
    span.model,
    span.provider,
    span.responseId,
    span.costUsd,
    span.retryOf,
    span.serviceTier,
    span.tool?.arguments,
    span.tool?.result,
    span.decision,
    span.kind === 'other' ? null : span.kind,
    context.workflow,
    context.workItemId,
    context.attempt,
    context.retryOf,
    context.agentName,
    context.agentVersion,
    context.promptVersion,
    context.runStatus,
    context.outcome,
  ]
  return (
    countKnown(known) +
    (context.decisionParts ? countKnown(Object.values(context.decisionParts)) : 0) +
    (span.usage ? countKnown(Object.values(span.usage)) : 0) +
    // An ended span with its status is the last word of its emitter, however short.
    (span.endedAt ? 20 : 0) +
    (span.status === 'unset' ? 0 : 5) +
    span.documents.length * 2 +
    span.evaluations.length * 2 +
    Object.keys(span.attributes).length +
    Object.keys(context.workItemAttributes ?? {}).length +
    lengthClass(span.input) +
    lengthClass(span.output)
  )
}

function countKnown(values: readonly unknown[]): number {
  let count = 0
  for (const value of values) if (value !== null && value !== undefined) count += 1
  return count
}

/** Grows with each doubling of the text. */
const lengthClass = (text: string | null) => (text === null ? 0 : 1 + Math.ceil(Math.log2(1 + text.length)))
