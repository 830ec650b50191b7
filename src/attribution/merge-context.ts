import type { AttributeValue, SpanContext, SpanStatus } from '../domain/span.ts'
import type { StoredSpan } from '../store/queries/stored-span.ts'
import { compareSpans } from './collapse-copies.ts'
import { type NamingBook, nameByRules } from './name-by-rules.ts'

/** What a trace's spans together say of the run and its work item. */
export interface RunContext {
  workflow: string
  workItemId: string
  workItemAttributes: Record<string, AttributeValue>
  attempt: number | null
  retryOf: string | null
  agentName: string | null
  agentVersion: string | null
  promptVersion: string | null
  runStatus: SpanStatus | null
}

/** Where no span names a workflow. */
export const UNNAMED_WORKFLOW = 'unnamed'

const AUTHORITY: Record<SpanContext['authority'] | 'rule', number> = { docket: 0, rule: 1, dialect: 2, service: 3 }

const byAuthority = (a: { authority: keyof typeof AUTHORITY }, b: { authority: keyof typeof AUTHORITY }) =>
  AUTHORITY[a.authority] - AUTHORITY[b.authority]

/**
 * For each field the word of the highest authority (Docket's own attributes, then the rules that somebody set, then the
 * dialect's names, then the service's), among equals that of the earliest span. A trace without a work item is its own work item.
 */
export function mergeContext(
  traceId: string,
  spans: readonly StoredSpan[],
  naming: NamingBook = new Map(),
): RunContext {
  const inOrder = [...spans].sort(compareSpans)
  const stated = inOrder
    .flatMap(({ context }) => (context.fallback ? [context, context.fallback] : [context]))
    .sort(byAuthority)
  const contexts = [...stated, ...nameByRules(inOrder, stated, naming)].sort(byAuthority)
  const first = <Field extends keyof SpanContext>(field: Field): NonNullable<SpanContext[Field]> | null => {
    for (const context of contexts as SpanContext[]) {
      const value = context[field]
      if (value != null && value !== '') return value
    }
    return null
  }
  const workItemAttributes: Record<string, AttributeValue> = {}
  for (const context of contexts.toReversed() as SpanContext[]) {
    Object.assign(workItemAttributes, context.workItemAttributes)
  }
  return {
    workflow: first('workflow') ?? UNNAMED_WORKFLOW,
    workItemId: first('workItemId') ?? traceId,
    workItemAttributes,
    attempt: first('attempt'),
    retryOf: first('retryOf'),
    agentName: first('agentName'),
    agentVersion: first('agentVersion'),
    promptVersion: first('promptVersion'),
    runStatus: first('runStatus'),
  }
}
