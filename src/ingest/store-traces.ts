import { fullestByKey, type SpanCopy, spanKey } from '../domain/span-copy.ts'
import type { Db } from '../store/client.ts'
import { listStoredCopies } from '../store/queries/list-stored-copies.ts'
import { writeTraceParts } from '../store/queries/trace-part.ts'
import { loadIngestRules } from './load-ingest-rules.ts'
import type { NormalisedTrace } from './normalise-trace.ts'
import { fullestCopies, isNews, prepareSpan } from './prepare-spans.ts'
import { writeSpans } from './write-spans.ts'

/** Stores whole traces, redacted, in one transaction. Returns how many of them said something new. */
export async function storeTraces(db: Db, traces: readonly NormalisedTrace[], now: Date): Promise<number> {
  if (traces.length === 0) return 0
  const known: Map<string, SpanCopy> = fullestByKey(
    await listStoredCopies(db, [...new Set(traces.map((trace) => trace.traceId))]),
  )
  const rules = await loadIngestRules(db)
  const news = traces.map((trace) => {
    const redaction = rules.redactionOf(trace.workflow)
    const spans = trace.spans.map((span) => prepareSpan(span, redaction)).filter((span) => isNews(span, known))
    for (const span of spans) known.set(spanKey(span), span)
    return spans
  })
  const written = await writeSpans(
    db,
    {
      parts: writeTraceParts(fullestCopies(news.flat())),
      outcomes: traces.flatMap((trace) => trace.outcome ?? []),
      workflows: traces.map((trace) => trace.workflow),
    },
    now,
  )
  // Another process may have stored the same meanwhile: then the trace was a duplicate after all.
  return news.filter((spans) => spans.some((span) => written.has(spanKey(span)))).length
}
