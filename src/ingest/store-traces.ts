import type { Db } from '../store/client.ts'
import { findFullestCopies } from '../store/queries/find-fullest-copies.ts'
import type { SpanRow } from '../store/queries/insert-spans.ts'
import { loadIngestRules } from './load-ingest-rules.ts'
import type { NormalisedTrace } from './normalise-trace.ts'
import { type Copy, fullestCopies, isFuller, prepareSpan, spanKey } from './prepare-spans.ts'
import { writeSpans } from './write-spans.ts'

/** Stores whole traces, redacted, in one transaction. Returns how many of them said something new. */
export async function storeTraces(db: Db, traces: readonly NormalisedTrace[], now: Date): Promise<number> {
  if (traces.length === 0) return 0
  const traceIds = [...new Set(traces.map((trace) => trace.traceId))]
  const known = new Map<string, Copy>()
  for (const copy of await findFullestCopies(db, traceIds)) known.set(spanKey(copy), copy)
  const repeats = known.size > 0
  const rules = await loadIngestRules(db)
  const fresh: SpanRow[] = []
  const freshKeys = traces.map((trace) => {
    const redaction = rules.redactionOf(trace.workflow)
    const prepared = trace.spans.map((span) => prepareSpan(span, redaction))
    const rows = prepared.filter((row) => {
      const copy = known.get(spanKey(row))
      if (copy && !isFuller(row, copy)) return false
      known.set(spanKey(row), row)
      return true
    })
    for (const row of rows) fresh.push(row)
    return rows.map(spanKey)
  })
  const written = await writeSpans(
    db,
    {
      rows: fullestCopies(fresh),
      outcomes: traces.flatMap((trace) => trace.outcome ?? []),
      workflows: traces.map((trace) => trace.workflow),
      repeats,
    },
    now,
  )
  // Another process may have stored the same meanwhile: then the trace was a duplicate after all.
  return freshKeys.filter((keys) => keys.some((key) => written.has(key))).length
}
