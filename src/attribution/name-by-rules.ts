import type { NameSource, NamingRules } from '../domain/ingest-rules.ts'
import { readName, workflowOfAttributes } from '../domain/read-name.ts'
import type { AttributeValue, SpanContext } from '../domain/span.ts'
import type { StoredSpan } from '../store/queries/stored-span.ts'

/** Naming rules by the workflow that they are set for. */
export type NamingBook = ReadonlyMap<string, NamingRules>

/** What rules say of a trace: stronger than a dialect's names, weaker than Docket's own. */
export type RuleContext = Pick<SpanContext, 'workflow' | 'workItemId' | 'attempt' | 'workItemAttributes'> & {
  authority: 'rule'
}

export function namingBookOf(
  stored: readonly { workflow: string | null; rules: { naming?: NamingRules | undefined } }[],
): NamingBook {
  return new Map(
    stored.flatMap(({ workflow, rules }) => (workflow !== null && rules.naming ? [[workflow, rules.naming]] : [])),
  )
}

/**
 * What the rules of a trace's workflow say of it. The workflow is the one that Docket's attributes name; else the one whose
 * rules claim a span (the earliest claimed span decides); else the one that the dialect or the service names. `spans` and
 * `stated` in order.
 */
export function nameByRules(
  spans: readonly StoredSpan[],
  stated: readonly Pick<SpanContext, 'authority' | 'workflow'>[],
  naming: NamingBook,
): RuleContext[] {
  if (naming.size === 0) return []
  const named = stated.find(({ workflow }) => workflow)
  const claimed = firstOf(spans, ({ attributes }) => workflowOfAttributes(attributes, naming))
  const workflow = named?.authority === 'docket' ? named.workflow! : (claimed ?? named?.workflow)
  const rules = workflow ? naming.get(workflow) : undefined
  if (!workflow || !rules) return []
  const workItemId = readFirst(spans, rules.workItemId)
  const attempt = Number(readFirst(spans, rules.attempt) ?? Number.NaN)
  return [
    {
      authority: 'rule',
      workflow: claimed === null ? null : workflow,
      workItemId: workItemId === null ? null : String(workItemId),
      attempt: Number.isInteger(attempt) && attempt >= 1 && attempt <= MOST_ATTEMPTS ? attempt : null,
      workItemAttributes: readAttributes(spans, rules.workItemAttributes ?? {}),
    },
  ]
}

const MOST_ATTEMPTS = 1_000_000

function readFirst(spans: readonly StoredSpan[], sources: readonly NameSource[] = []): AttributeValue | null {
  for (const source of sources) {
    const found = firstOf(spans, ({ attributes }) => readName(attributes, source))
    if (found !== null) return found
  }
  return null
}

function readAttributes(
  spans: readonly StoredSpan[],
  sources: Record<string, NameSource>,
): Record<string, AttributeValue> {
  return Object.fromEntries(
    Object.entries(sources).flatMap(([name, source]) => {
      const value = firstOf(spans, ({ attributes }) => readName(attributes, source))
      return value === null ? [] : [[name, value]]
    }),
  )
}

function firstOf<Value>(spans: readonly StoredSpan[], read: (span: StoredSpan) => Value | null): Value | null {
  for (const span of spans) {
    const value = read(span)
    if (value !== null) return value
  }
  return null
}
