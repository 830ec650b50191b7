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

/** Parts of a run that only some analyses look at; `record`: when it ended and was recorded, its decision and rules. */
export const RUN_DETAILS = ['steps', 'documents', 'tools', 'waste', 'record'] as const
export type RunDetail = (typeof RUN_DETAILS)[number]

export type BuiltRunFactRow = StoredRunFact & { attributedSpans: AttributedSpan[] }

export function toRunFactRow(fact: BuiltRunFactRow, contentHash: string): typeof runFacts.$inferInsert {
  const { usage, ...columns } = fact
  return { ...columns, ...usage, contentHash }
}

const DETAIL_COLUMNS: Readonly<Record<RunDetail, string>> = {
  steps: 'steps::text',
  documents: 'documents::text',
  tools: 'tools::text',
  waste: 'waste::text',
  record: `rules::text, decision, date_part('epoch', ended_at) * 1000 as ended_at,
    date_part('epoch', known_from) * 1000 as known_from, unexplained_tokens::float8`,
}

/**
 * Columns of a run fact in the cheapest form to read: an answer over a year reads tens of thousands of rows, and what a
 * driver does for each cell takes longer than the database does. So numbers come in one cell, as the text of a row.
 */
export function runFactColumns(details: readonly RunDetail[]): SQL {
  return sql.raw(
    [
      'trace_id, workflow, work_item_id, retry_of, status, agent_name, agent_version, prompt_version',
      `row(date_part('epoch', started_at) * 1000, attempt, model_cost_micros, tool_cost_micros, priced_calls,
        unpriced_calls, calls, calls_without_usage, input_tokens, cached_input_tokens, cache_write_tokens, output_tokens,
        reasoning_tokens, usage_estimated)::text as figures`,
      'models::text, work_item_attributes::text',
      ...details.map((detail) => DETAIL_COLUMNS[detail]),
    ].join(', '),
  )
}

/** What `runFactColumns` selects. Instants are milliseconds since 1970, documents JSON text. */
export interface RunFactRow extends Record<string, unknown> {
  trace_id: string
  workflow: string
  work_item_id: string
  retry_of: string | null
  status: string
  agent_name: string | null
  agent_version: string | null
  prompt_version: string | null
  /** `(…,…)`: numbers, nothing for null, `t` or `f`. */
  figures: string
  models: string
  work_item_attributes: string
  steps?: string
  documents?: string
  tools?: string
  waste?: string
  rules?: string
  decision?: string | null
  ended_at?: number | null
  known_from?: number
  unexplained_tokens?: number | null
}

/** Stands for a part that was not asked for, so that nobody takes it for empty. */
const NOT_LOADED = new Proxy(
  {},
  {
    get(_, name) {
      throw new Error(`"${String(name)}" of a part of a run that was not loaded: ask for it in its details`)
    },
  },
) as never

/** Reads many rows: texts that repeat (tools, documents, attributes) are parsed once and shared, so treat facts as read-only. */
export function createRunFactReader(details: readonly RunDetail[]): (row: RunFactRow) => StoredRunFact {
  const hasRecord = details.includes('record')
  const parse = createParser()
  const same = createInterner()
  return (row) => {
    const figures = row.figures.slice(1, -1).split(',')
    return {
      traceId: row.trace_id,
      workflow: same(row.workflow),
      workItemId: row.work_item_id,
      attempt: numberOf(figures[1]!),
      retryOf: row.retry_of,
      status: same(row.status) as SpanStatus,
      agentName: same(row.agent_name),
      agentVersion: same(row.agent_version),
      promptVersion: same(row.prompt_version),
      startedAt: toInstant(Number(figures[0])),
      endedAt: hasRecord ? (row.ended_at == null ? null : toInstant(row.ended_at)) : NOT_LOADED,
      modelCostMicros: Number(figures[2]),
      toolCostMicros: numberOf(figures[3]!),
      pricedCalls: Number(figures[4]),
      unpricedCalls: Number(figures[5]),
      usage: {
        calls: Number(figures[6]),
        callsWithoutUsage: Number(figures[7]),
        inputTokens: numberOf(figures[8]!),
        cachedInputTokens: numberOf(figures[9]!),
        cacheWriteTokens: numberOf(figures[10]!),
        outputTokens: numberOf(figures[11]!),
        reasoningTokens: numberOf(figures[12]!),
      },
      usageEstimated: figures[13] === 't',
      unexplainedTokens: hasRecord ? (row.unexplained_tokens ?? null) : NOT_LOADED,
      models: JSON.parse(row.models) as StoredRunFact['models'],
      steps: row.steps === undefined ? NOT_LOADED : (JSON.parse(row.steps) as StoredRunFact['steps']),
      documents: row.documents === undefined ? NOT_LOADED : parse(row.documents),
      tools: row.tools === undefined ? NOT_LOADED : parse(row.tools),
      waste: row.waste === undefined ? NOT_LOADED : parse(row.waste),
      workItemAttributes: parse(row.work_item_attributes),
      decision: hasRecord ? (row.decision ?? null) : NOT_LOADED,
      rules: row.rules === undefined ? NOT_LOADED : parse(row.rules),
      knownFrom: hasRecord ? toInstant(row.known_from!) : NOT_LOADED,
    }
  }
}

function createParser(): <Value>(text: string) => Value {
  const parsed = new Map<string, unknown>()
  return <Value>(text: string) => {
    let value = parsed.get(text)
    if (value === undefined) {
      value = JSON.parse(text)
      parsed.set(text, value)
    }
    return value as Value
  }
}

/** One copy of each name in memory, however many rows carry it. */
function createInterner(): <Text extends string | null>(text: Text) => Text {
  const known = new Map<string, string>()
  return <Text extends string | null>(text: Text) => {
    if (text === null) return text
    const kept = known.get(text)
    if (kept !== undefined) return kept as Text
    known.set(text, text)
    return text
  }
}

const numberOf = (text: string): number | null => (text === '' ? null : Number(text))

/** Seconds times 1000 may fall just short of the whole millisecond. */
function toInstant(milliseconds: number): Date {
  return new Date(Math.round(milliseconds))
}
