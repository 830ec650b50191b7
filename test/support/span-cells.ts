import { canonicalJson } from '../../src/domain/canonical-json.ts'
import type { Span } from '../../src/domain/span.ts'
import { knownContext } from '../../src/store/queries/span-texts.ts'

/** Columns of what a span says, in the order of `spanCells`; the key columns first. */
export const SPAN_COLUMNS = [
  'trace_id',
  'span_id',
  'parent_id',
  'kind',
  'name',
  'started_at',
  'ended_at',
  'status',
  'error',
  'model',
  'provider',
  'response_id',
  'input_tokens',
  'cached_input_tokens',
  'cache_write_tokens',
  'output_tokens',
  'reasoning_tokens',
  'usage_estimated',
  'usage_ambiguity',
  'cost_usd',
  'retry_of',
  'service_tier',
  'input',
  'output',
  'documents',
  'tool',
  'decision',
  'evaluations',
  'attributes',
  'context',
  'dialect',
  'synthetic',
] as const

/**
 * A span as cells of COPY's text format, in the order of SPAN_COLUMNS and without an end of line. Equal spans give equal
 * text, whatever the order of keys in them.
 */
export function spanCells(span: Span): string {
  const { usage } = span
  return [
    textCell(span.traceId),
    textCell(span.spanId),
    textCell(span.parentId),
    span.kind,
    textCell(span.name),
    timeCell(span.startedAt),
    timeCell(span.endedAt),
    span.status,
    textCell(span.error),
    textCell(span.model),
    textCell(span.provider),
    textCell(span.responseId),
    numberCell(usage?.inputTokens),
    numberCell(usage?.cachedInputTokens),
    numberCell(usage?.cacheWriteTokens),
    numberCell(usage?.outputTokens),
    numberCell(usage?.reasoningTokens),
    span.usageEstimated ? 't' : 'f',
    textCell(span.usageAmbiguity),
    numberCell(span.costUsd),
    textCell(span.retryOf),
    textCell(span.serviceTier),
    textCell(span.input),
    textCell(span.output),
    jsonCell(span.documents),
    jsonCell(span.tool),
    jsonCell(span.decision),
    jsonCell(span.evaluations),
    jsonCell(span.attributes),
    jsonCell(knownContext(span.context)),
    textCell(span.dialect),
    span.synthetic ? 't' : 'f',
  ].join('\t')
}

const UNKNOWN = '\\N'
const SPECIAL = /[\\\t\n\r]/

function textCell(text: string | null): string {
  if (text === null) return UNKNOWN
  if (!SPECIAL.test(text)) return text
  return text.replaceAll('\\', '\\\\').replaceAll('\t', '\\t').replaceAll('\n', '\\n').replaceAll('\r', '\\r')
}

/** JSON writes tabs and ends of lines as escapes, so there is only the backslash to double. */
function jsonCell(value: unknown): string {
  if (value === null || value === undefined) return UNKNOWN
  const json = canonicalJson(value)
  return json.includes('\\') ? json.replaceAll('\\', '\\\\') : json
}

const numberCell = (value: number | null | undefined) =>
  value !== null && value !== undefined && Number.isFinite(value) ? String(value) : UNKNOWN

const MILLISECONDS_A_DAY = 86_400_000
/** The spans of a request are of one day, and writing a day out takes longer than the rest of its time. */
let lastDay = { number: Number.NaN, text: '' }

function timeCell(time: Date | null): string {
  if (time === null) return UNKNOWN
  const number = Math.floor(time.getTime() / MILLISECONDS_A_DAY)
  if (number !== lastDay.number) lastDay = { number, text: time.toISOString().slice(0, 10) }
  const inDay = time.getTime() - number * MILLISECONDS_A_DAY
  return `${lastDay.text} ${digits(inDay / 3_600_000)}:${digits((inDay / 60_000) % 60)}:${digits((inDay / 1000) % 60)}.${String(inDay % 1000).padStart(3, '0')}Z`
}

const digits = (number: number) => (number < 10 ? `0${Math.floor(number)}` : String(Math.floor(number)))

/** Columns and key of a table for such rows. */
export const SPAN_TABLE = `(
  trace_id text NOT NULL,
  span_id text NOT NULL,
  received_day date NOT NULL,
  parent_id text,
  kind text NOT NULL,
  name text NOT NULL,
  started_at timestamp (3) with time zone NOT NULL,
  ended_at timestamp (3) with time zone,
  status text NOT NULL,
  error text,
  model text,
  provider text,
  response_id text,
  input_tokens bigint,
  cached_input_tokens bigint,
  cache_write_tokens bigint,
  output_tokens bigint,
  reasoning_tokens bigint,
  usage_estimated boolean DEFAULT false NOT NULL,
  usage_ambiguity text,
  cost_usd double precision,
  retry_of text,
  service_tier text,
  input text,
  output text,
  documents jsonb DEFAULT '[]'::jsonb NOT NULL,
  tool jsonb,
  decision jsonb,
  evaluations jsonb DEFAULT '[]'::jsonb NOT NULL,
  attributes jsonb DEFAULT '{}'::jsonb NOT NULL,
  context jsonb NOT NULL,
  dialect text NOT NULL,
  synthetic boolean DEFAULT false NOT NULL,
  fullness integer NOT NULL,
  content_hash text NOT NULL,
  recorded_at timestamp (3) with time zone NOT NULL,
  primary key (trace_id, span_id, received_day)
)`
