import { OUTCOME_STATUSES } from '../../domain/outcome.ts'
import type { AttributeValue, Decision, SpanContext } from '../../domain/span.ts'
import type { Attributes, RawSpan } from '../otlp/raw-span.ts'
import { below, hasPrefix, numberAt, parsedJson, textAt } from './attributes.ts'

/**
 * Docket's own attributes, wherever a sender could put them: on the span, in baggage copied to it, in a dialect's
 * metadata, on the resource; the nearer to the span, the stronger.
 */
export function docketAttributes(span: RawSpan, metadata: Attributes): Attributes {
  const docket: Attributes = {}
  addOwn(docket, span.resource)
  addOwn(docket, metadata)
  if (hasPrefix(span.attributes, 'baggage.')) addOwn(docket, below(span.attributes, 'baggage.'))
  addOwn(docket, span.attributes)
  return docket
}

function addOwn(docket: Attributes, attributes: Attributes): void {
  for (const name in attributes) {
    const value = attributes[name]
    if (name.startsWith('docket.') && value !== null && value !== undefined && value !== '') docket[name] = value
  }
}

const MOST_ATTEMPTS = 1_000_000
const MOST_DOLLARS = 9_000_000_000

/** What Docket's own attributes say of the run and its work item; null where there are none. */
export function docketContext(docket: Attributes): SpanContext | null {
  if (Object.keys(docket).length === 0) return null
  const attempt = numberAt(docket, 'docket.attempt')
  return {
    authority: 'docket',
    workflow: nameAt(docket, 'docket.workflow'),
    workItemId: nameAt(docket, 'docket.work_item.id'),
    ...workItemAttributes(docket),
    attempt: attempt !== null && Number.isInteger(attempt) && attempt >= 1 && attempt <= MOST_ATTEMPTS ? attempt : null,
    agentName: nameAt(docket, 'docket.agent.name'),
    agentVersion: nameAt(docket, 'docket.agent.version'),
    promptVersion: nameAt(docket, 'docket.prompt.version'),
    outcome: outcomeOf(docket),
    decisionParts: decisionParts(docket),
    ...retriedTrace(docket),
  }
}

/** `docket.retry_of` names a span of the same trace by its 16 hex digits, or the trace of the attempt before. */
export function retriedSpan(docket: Attributes): string | null {
  const id = textAt(docket, 'docket.retry_of')
  return id !== null && /^[0-9a-f]{16}$/i.test(id) ? id.toLowerCase() : null
}

function retriedTrace(docket: Attributes): { retryOf: string | null } {
  const id = nameAt(docket, 'docket.retry_of')
  if (id === null || retriedSpan(docket) !== null) return { retryOf: null }
  return { retryOf: /^[0-9a-f]{32}$/i.test(id) ? id.toLowerCase() : id }
}

export function docketDecision(docket: Attributes): Decision | null {
  const choice = textAt(docket, 'docket.decision.choice')
  return choice === null ? null : { choice, ...partsOf(docket) }
}

/** What a span says of a decision whose choice is on another span of the trace. */
function decisionParts(docket: Attributes): SpanContext['decisionParts'] {
  if (!hasPrefix(docket, 'docket.decision.') || docketDecision(docket)) return null
  const known = Object.entries(partsOf(docket)).filter(([, part]) => part !== null && !isEmptyList(part))
  return known.length > 0 ? Object.fromEntries(known) : null
}

const isEmptyList = (value: unknown) => Array.isArray(value) && value.length === 0

function partsOf(docket: Attributes): Omit<Decision, 'choice'> {
  return {
    alternatives: listAt(docket, 'docket.decision.alternatives'),
    rationale: textAt(docket, 'docket.decision.rationale'),
    rules: listAt(docket, 'docket.decision.rules'),
    precedents: listAt(docket, 'docket.decision.precedents'),
    confidence: numberAt(docket, 'docket.decision.confidence'),
  }
}

function workItemAttributes(docket: Attributes): Pick<SpanContext, 'workItemAttributes'> {
  const attributes = Object.entries(below(docket, 'docket.work_item.attr.')).flatMap(
    ([name, value]): [string, AttributeValue][] => {
      if (name === '') return []
      if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return [[name, value]]
      return value === null ? [] : [[name, JSON.stringify(value)]]
    },
  )
  return attributes.length > 0 ? { workItemAttributes: Object.fromEntries(attributes) } : {}
}

function outcomeOf(docket: Attributes): SpanContext['outcome'] {
  const status = textAt(docket, 'docket.outcome.status')?.toLowerCase()
  const value = numberAt(docket, 'docket.outcome.value')
  const dollars = value !== null && Math.abs(value) <= MOST_DOLLARS ? value : null
  // The status may be on another span of the trace.
  if (!status) return dollars === null ? null : { status: null, value: dollars, occurredAt: null }
  if (!(OUTCOME_STATUSES as readonly string[]).includes(status)) return null
  const time = textAt(docket, 'docket.outcome.occurred_at')
  const occurredAt = time === null ? null : new Date(time)
  const isTime = occurredAt && occurredAt.getTime() > 0 && occurredAt.getUTCFullYear() < 2200
  return {
    status,
    value: dollars,
    occurredAt: isTime ? occurredAt.toISOString() : null,
  }
}

/** A list, JSON text of one, or names parted by commas. */
function listAt(docket: Attributes, name: string): string[] {
  const value = parsedJson(docket[name])
  const list = Array.isArray(value) ? value : typeof value === 'string' ? value.split(',') : []
  return list.map((item) => String(item).trim()).filter((item) => item !== '')
}

/** Names are keys in the database: as long as the webhooks allow. */
const nameAt = (docket: Attributes, name: string) => textAt(docket, name)?.slice(0, 255) ?? null
