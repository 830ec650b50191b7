import { type SQL, sql } from 'drizzle-orm'
import type { RunFact } from '../../domain/facts.ts'
import type { SpanStatus } from '../../domain/span.ts'
import type { AttributedSpan, runFacts } from '../schema/facts.ts'

/**
 * A run fact as stored: the attempt as the emitter gave it, null where it must be inferred from the item's other runs.
 */
export interface StoredRunFact extends Omit<RunFact, 'attempt' | 'attemptInferred'> {
  attempt: number | null
  retryOf: string | null
}

export type BuiltRunFactRow = StoredRunFact & { attributedSpans: AttributedSpan[] }

export function toRunFactRow(fact: BuiltRunFactRow, contentHash: string): typeof runFacts.$inferInsert {
  const { usage, ...columns } = fact
  return { ...columns, ...usage, contentHash }
}

const milliseconds = (column: string): SQL => sql.raw(`date_part('epoch', ${column}) * 1000 as ${column}`)

/**
 * Columns of a run fact in the cheapest form to read: an answer over a year reads tens of thousands of rows, and an
 * ORM's mapping of each value would take longer than the database does.
 */
export const runFactColumns: SQL = sql.join(
  [
    sql.raw('trace_id, workflow, work_item_id, attempt, retry_of, status, agent_name, agent_version, prompt_version'),
    milliseconds('known_from'),
    milliseconds('started_at'),
    milliseconds('ended_at'),
    ...['model_cost_micros', 'tool_cost_micros', 'input_tokens', 'cached_input_tokens', 'cache_write_tokens'].map(
      asNumber,
    ),
    ...['output_tokens', 'reasoning_tokens', 'unexplained_tokens'].map(asNumber),
    sql.raw('priced_calls, unpriced_calls, calls, calls_without_usage, usage_estimated, decision'),
    ...['models', 'steps', 'documents', 'tools', 'waste', 'work_item_attributes', 'rules'].map(asText),
  ],
  sql`, `,
)

function asNumber(column: string): SQL {
  return sql.raw(`${column}::float8 as ${column}`)
}

function asText(column: string): SQL {
  return sql.raw(`${column}::text as ${column}`)
}

/** What `runFactColumns` selects. Instants are milliseconds since 1970, documents JSON text. */
export interface RunFactRow extends Record<string, unknown> {
  trace_id: string
  workflow: string
  work_item_id: string
  attempt: number | null
  retry_of: string | null
  status: string
  agent_name: string | null
  agent_version: string | null
  prompt_version: string | null
  known_from: number
  started_at: number
  ended_at: number | null
  model_cost_micros: number
  tool_cost_micros: number | null
  input_tokens: number | null
  cached_input_tokens: number | null
  cache_write_tokens: number | null
  output_tokens: number | null
  reasoning_tokens: number | null
  unexplained_tokens: number | null
  priced_calls: number
  unpriced_calls: number
  calls: number
  calls_without_usage: number
  usage_estimated: boolean
  decision: string | null
  models: string
  steps: string
  documents: string
  tools: string
  waste: string
  work_item_attributes: string
  rules: string
}

/** Reads many rows: texts that repeat (tools, documents, attributes) are parsed once and shared, so treat facts as read-only. */
export function createRunFactReader(): (row: RunFactRow) => StoredRunFact {
  const parsed = new Map<string, unknown>()
  const parse = <Value>(text: string): Value => {
    let value = parsed.get(text)
    if (value === undefined) {
      value = JSON.parse(text)
      parsed.set(text, value)
    }
    return value as Value
  }
  return (row) => ({
    traceId: row.trace_id,
    workflow: row.workflow,
    workItemId: row.work_item_id,
    attempt: row.attempt,
    retryOf: row.retry_of,
    status: row.status as SpanStatus,
    agentName: row.agent_name,
    agentVersion: row.agent_version,
    promptVersion: row.prompt_version,
    startedAt: toInstant(row.started_at),
    endedAt: row.ended_at === null ? null : toInstant(row.ended_at),
    modelCostMicros: row.model_cost_micros,
    toolCostMicros: row.tool_cost_micros,
    pricedCalls: row.priced_calls,
    unpricedCalls: row.unpriced_calls,
    usage: {
      calls: row.calls,
      callsWithoutUsage: row.calls_without_usage,
      inputTokens: row.input_tokens,
      cachedInputTokens: row.cached_input_tokens,
      cacheWriteTokens: row.cache_write_tokens,
      outputTokens: row.output_tokens,
      reasoningTokens: row.reasoning_tokens,
    },
    usageEstimated: row.usage_estimated,
    unexplainedTokens: row.unexplained_tokens,
    models: JSON.parse(row.models) as StoredRunFact['models'],
    steps: JSON.parse(row.steps) as StoredRunFact['steps'],
    documents: parse(row.documents),
    tools: parse(row.tools),
    waste: parse(row.waste),
    workItemAttributes: parse(row.work_item_attributes),
    decision: row.decision,
    rules: parse(row.rules),
    knownFrom: toInstant(row.known_from),
  })
}

/** Seconds times 1000 may fall just short of the whole millisecond. */
function toInstant(milliseconds: number): Date {
  return new Date(Math.round(milliseconds))
}
