import type { FastifyPluginAsync } from 'fastify'
import { z } from 'zod'
import { type MemoryHit, MemoryKind } from '../../domain/memory-entry.ts'
import type { Embedder } from '../../llm/embedder.ts'
import { searchMemory } from '../../memory/search-memory.ts'
import type { Database } from '../../store/client.ts'
import type { RequireScope } from '../authenticate.ts'
import { callerTrace } from '../caller-trace.ts'
import { HttpError } from '../http-error.ts'
import { QueryName } from '../query-name.ts'
import { type RecordUse, recordUse } from '../record-use.ts'
import { splitAttributes } from '../split-attributes.ts'

export interface MemoryDependencies extends Pick<RecordUse, 'clock' | 'reportError'> {
  database: Database
  requireScope: RequireScope
  embed: Embedder | null
}

const MOST_HITS = 100
const HINT = 'For example /api/memory/search?q=hail rider&workflow=claims&kind=override&from=2026-11-01&k=10'

const instant = (text: string, context: z.RefinementCtx): Date => {
  // A date alone is the beginning of that day, UTC.
  const date = new Date(/^\d{4}-\d{2}-\d{2}$/.test(text) ? `${text}T00:00:00Z` : text)
  if (!/^\d{4}-\d{2}-\d{2}([T ].+(Z|[+-]\d{2}:?\d{2}))?$/.test(text) || Number.isNaN(date.getTime())) {
    context.addIssue({
      code: 'custom',
      message: 'expected a date (2026-11-16) or a time with a zone (2026-11-16T09:00:00Z)',
    })
    return z.NEVER
  }
  return date
}
const when = z.string().transform(instant).optional()

const SearchQuery = z.strictObject({
  q: z.string().max(4000, { error: 'expected at most 4,000 characters' }).default(''),
  workflow: QueryName,
  kind: z
    .string()
    .transform((text) => text.split(',').map((kind) => kind.trim()))
    .pipe(z.array(MemoryKind))
    .optional(),
  from: when,
  to: when,
  k: z.coerce
    .number({ error: `expected a number from 1 to ${MOST_HITS}` })
    .int()
    .min(1)
    .max(MOST_HITS)
    .default(10),
  workItem: QueryName,
  actor: QueryName,
  rule: QueryName,
  outcome: QueryName,
  asOf: when,
  knownAt: when,
  traceId: QueryName,
})

/**
 * `GET /api/memory/search?q=&workflow=&kind=&from=&to=&k=` and beyond that `workItem`, `actor`, `rule`, `outcome`,
 * `attr.NAME`, `asOf`, `knownAt`, `traceId`. `to` is exclusive. Without `q` (but with a filter) the newest entries come first.
 */
export function memoryRoutes(dependencies: MemoryDependencies): FastifyPluginAsync {
  const { database, requireScope, embed } = dependencies
  return async (app) => {
    app.get('/api/memory/search', { preHandler: requireScope('read') }, async (request) => {
      const { search, attributes } = parseQuery(request.query as Record<string, unknown>)
      const { q, k, kind, workItem, traceId, ...filters } = search
      const hits = await searchMemory(database.db, {
        ...filters,
        text: q,
        kind,
        workItemId: workItem,
        attributes: Object.keys(attributes).length > 0 ? attributes : undefined,
        limit: k,
        embed,
      })
      await recordUse(
        { ...dependencies, db: database.db },
        {
          traceId: callerTrace(traceId, request.headers),
          tool: 'search_memory',
          asked: { query: q, ...filters, kind, workItem, attributes },
          entries: hits.map(({ entry }) => entry.id),
        },
      )
      return { query: q, entries: hits.map(toJson) }
    })
  }
}

function parseQuery(query: Record<string, unknown>): {
  search: z.infer<typeof SearchQuery>
  attributes: Record<string, string>
} {
  const { attributes, rest } = splitAttributes(query, HINT)
  const parsed = SearchQuery.safeParse(rest)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined
    const path = unknown ?? issue?.path.join('.') ?? ''
    throw badQuery(path, unknown ? `There is no parameter "${unknown}".` : `${path}: ${issue?.message}.`)
  }
  const { q, k: _k, traceId: _traceId, ...filters } = parsed.data
  const isFiltered = Object.values(filters).some((value) => value !== undefined) || Object.keys(attributes).length > 0
  if (q.trim() === '' && !isFiltered) throw badQuery('q', 'q is missing: say what to look for.')
  return { search: parsed.data, attributes }
}

function badQuery(path: string, message: string): HttpError {
  return new HttpError(400, 'bad_query', message, HINT, path)
}

/** Matched words of the snippet stay between the two marks of `HIGHLIGHT`; a reader that shows them turns them into bold. */
function toJson({ entry, score, snippet }: MemoryHit): Record<string, unknown> {
  return { ...entry, score, snippet }
}
