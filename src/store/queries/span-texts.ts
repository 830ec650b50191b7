import { hash } from 'node:crypto'
import { canonicalJson } from '../../domain/canonical-json.ts'
import type { RetrievedDocument, Span, SpanContext } from '../../domain/span.ts'
import type { TokenUsage } from '../../domain/usage.ts'
import type { StoredDocument } from './stored-span.ts'

/** What a span says, as JSON. Equal spans give equal texts, whatever the order of keys in them. */
export interface SpanTexts {
  /** A StoredFacts. */
  facts: string
  /** A StoredPayload: what only a page that shows the span reads; null where it has none. */
  payload: string | null
}

/** Instants in milliseconds since 1970; what is unknown is left out. */
export interface StoredFacts
  extends Partial<Omit<Span, 'traceId' | 'startedAt' | 'endedAt' | 'usage' | 'input' | 'output' | 'documents'>> {
  spanId: string
  startedAt: number
  endedAt?: number
  usage?: Partial<TokenUsage>
  inputHash?: string
  documents?: StoredDocument[]
}

/** Contents in the order of the documents. */
export type StoredPayload = [input: string | null, output: string | null, contents: (string | null)[]]

export function spanTexts(span: Span): SpanTexts {
  return { facts: factsOf(span), payload: payloadOf(span) }
}

/** Written by hand, for this runs over every span; every text goes through JSON.stringify. */
function factsOf(span: Span): string {
  const { usage, documents, evaluations } = span
  let text = `{"spanId":${JSON.stringify(span.spanId)},"startedAt":${span.startedAt.getTime()}`
  const add = (name: string, value: string | number | null | undefined) => {
    if (value !== null && value !== undefined) text += `,"${name}":${JSON.stringify(value)}`
  }
  const addObject = (name: string, value: unknown) => {
    if (value !== null && value !== undefined) text += `,"${name}":${canonicalJson(value)}`
  }
  add('endedAt', span.endedAt?.getTime())
  add('parentId', span.parentId)
  add('kind', span.kind)
  add('name', span.name)
  add('status', span.status)
  add('error', span.error)
  add('model', span.model)
  add('provider', span.provider)
  add('responseId', span.responseId)
  if (usage) addObject('usage', known(usage))
  if (span.usageEstimated) text += ',"usageEstimated":true'
  add('usageAmbiguity', span.usageAmbiguity)
  add('costUsd', span.costUsd)
  add('retryOf', span.retryOf)
  add('serviceTier', span.serviceTier)
  // Only tells equal inputs apart from others; nothing rests on nobody being able to make two that collide.
  if (span.input !== null) add('inputHash', hash('md5', span.input, 'hex'))
  if (documents.length > 0) addObject('documents', documents.map(withoutContent))
  addObject('tool', span.tool)
  addObject('decision', span.decision)
  if (evaluations.length > 0) addObject('evaluations', evaluations)
  addObject('attributes', span.attributes)
  addObject('context', knownContext(span.context))
  add('dialect', span.dialect)
  if (span.synthetic) text += ',"synthetic":true'
  return `${text}}`
}

function payloadOf({ input, output, documents }: Span): string | null {
  const contents = documents.map((document) => document.content ?? null)
  if (input === null && output === null && contents.every((content) => content === null)) return null
  return JSON.stringify([input, output, contents] satisfies StoredPayload)
}

function withoutContent({ content, ...document }: RetrievedDocument): StoredDocument {
  if (content === null || content === undefined) return document
  return { ...document, characters: content.length - (content.match(SURROGATE_PAIR)?.length ?? 0) }
}

const SURROGATE_PAIR = /[\uD800-\uDBFF][\uDC00-\uDFFF]/g

/** Without what is unknown. */
export function knownContext({ fallback, ...context }: SpanContext): object {
  return { ...known(context), ...(fallback && { fallback: known(fallback) }) }
}

function known(fields: object): Record<string, unknown> {
  const kept: Record<string, unknown> = {}
  for (const name in fields) {
    const value = (fields as Record<string, unknown>)[name]
    if (value !== null) kept[name] = value
  }
  return kept
}
