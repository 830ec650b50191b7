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

/**
 * Parts of items that only some analyses look at. `record`: when a run ended and was recorded, its attributes, decision and
 * rules; `traces`: the ids of runs; `corrections`: who corrected what by which rule, beside when and how long.
 */
export const RUN_DETAILS = ['steps', 'documents', 'tools', 'waste', 'record', 'traces', 'corrections'] as const
export type RunDetail = (typeof RUN_DETAILS)[number]

export type BuiltRunFactRow = StoredRunFact & { attributedSpans: AttributedSpan[] }

export function toRunFactRow(fact: BuiltRunFactRow, contentHash: string): typeof runFacts.$inferInsert {
  const { usage, ...columns } = fact
  return { ...columns, ...usage, contentHash }
}

/** Where a detail is a column of its own; the rest comes with the run in any case. */
const DETAIL_COLUMNS: Readonly<Partial<Record<RunDetail, string>>> = {
  steps: 'steps::text',
  documents: 'documents::text',
  tools: 'tools::text',
  waste: 'waste::text',
  record: `rules::text, decision, date_part('epoch', ended_at) * 1000 as ended_at,
    date_part('epoch', known_from) * 1000 as known_from, unexplained_tokens::float8`,
}

/**
 * Columns of a run fact in the cheapest form to read: an answer over a year reads tens of thousands of rows, and what a
 * driver does for each cell takes longer than the database does. So all but a few parts come in one cell, as a JSON array.
 */
export function runFactColumns(details: readonly RunDetail[]): SQL {
  return sql.raw(
    [
      `json_build_array(trace_id, workflow, work_item_id, retry_of, status, agent_name, agent_version, prompt_version,
        date_part('epoch', started_at) * 1000, attempt, model_cost_micros, tool_cost_micros, priced_calls, unpriced_calls,
        calls, calls_without_usage, input_tokens, cached_input_tokens, cache_write_tokens, output_tokens, reasoning_tokens,
        usage_estimated, models)::text as run`,
      'work_item_attributes::text',
      ...details.flatMap((detail) => DETAIL_COLUMNS[detail] ?? []),
    ].join(', '),
  )
}

/** What `runFactColumns` selects. Instants are milliseconds since 1970, documents JSON text. */
export interface RunFactRow extends Record<string, unknown> {
  /** JSON of `RunCell`. */
  run: string
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

type RunCell = [
  traceId: string,
  workflow: string,
  workItemId: string,
  retryOf: string | null,
  status: SpanStatus,
  agentName: string | null,
  agentVersion: string | null,
  promptVersion: string | null,
  startedAt: number,
  attempt: number | null,
  modelCostMicros: number,
  toolCostMicros: number | null,
  pricedCalls: number,
  unpricedCalls: number,
  calls: number,
  callsWithoutUsage: number,
  inputTokens: number | null,
  cachedInputTokens: number | null,
  cacheWriteTokens: number | null,
  outputTokens: number | null,
  reasoningTokens: number | null,
  usageEstimated: boolean,
  models: StoredRunFact['models'],
]

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
    const run = JSON.parse(row.run) as RunCell
    return {
      traceId: run[0],
      workflow: same(run[1]),
      workItemId: run[2],
      attempt: run[9],
      retryOf: run[3],
      status: same(run[4]),
      agentName: same(run[5]),
      agentVersion: same(run[6]),
      promptVersion: same(run[7]),
      startedAt: toInstant(run[8]),
      endedAt: hasRecord ? (row.ended_at == null ? null : toInstant(row.ended_at)) : NOT_LOADED,
      modelCostMicros: run[10],
      toolCostMicros: run[11],
      pricedCalls: run[12],
      unpricedCalls: run[13],
      usage: {
        calls: run[14],
        callsWithoutUsage: run[15],
        inputTokens: run[16],
        cachedInputTokens: run[17],
        cacheWriteTokens: run[18],
        outputTokens: run[19],
        reasoningTokens: run[20],
      },
      usageEstimated: run[21],
      unexplainedTokens: hasRecord ? (row.unexplained_tokens ?? null) : NOT_LOADED,
      models: run[22],
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

/** Seconds times 1000 may fall just short of the whole millisecond. */
function toInstant(milliseconds: number): Date {
  return new Date(Math.round(milliseconds))
}
