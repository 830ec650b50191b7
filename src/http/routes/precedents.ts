import type { FastifyPluginAsync } from 'fastify'
import { z } from 'zod'
import { Instant } from '../../domain/timestamp.ts'
import type { Embedder } from '../../llm/embedder.ts'
import { findPrecedents } from '../../memory/find-precedents.ts'
import type { RequireScope } from '../authenticate.ts'
import { callerTrace } from '../caller-trace.ts'
import { parseOrRefuse } from '../parse-or-refuse.ts'
import { QueryName } from '../query-name.ts'
import { type RecordUse, recordUse } from '../record-use.ts'
import { splitAttributes } from '../split-attributes.ts'

const Query = z.strictObject({
  workflow: QueryName,
  workItem: QueryName,
  situation: z.string().trim().min(1).max(4000).optional(),
  k: z.coerce.number().int().min(1).max(50).default(5),
  asOf: Instant.optional(),
  knownAt: Instant.optional(),
  traceId: QueryName,
})
const HINT =
  'For example /api/precedents?workflow=claims&workItem=claim-8841, or ?situation=hail rider not applied&attr.policyType=home'

/**
 * `GET /api/precedents?workflow=&workItem=&situation=&attr.NAME=&k=&asOf=&knownAt=`: the earlier cases most like a work
 * item, a segment or a situation, and whether they agree. With `traceId` (or a `traceparent` header) the use is noted on that trace.
 */
export function precedentRoutes(
  dependencies: RecordUse & { requireScope: RequireScope; embed: Embedder | null },
): FastifyPluginAsync {
  const { db, embed, requireScope } = dependencies
  return async (app) => {
    app.get('/api/precedents', { preHandler: requireScope('read') }, async ({ query, headers }) => {
      const { attributes, rest } = splitAttributes(query as Record<string, unknown>, HINT)
      const { workItem, k, traceId, ...asked } = parseOrRefuse(Query, rest, HINT)
      const segment = Object.keys(attributes).length > 0 ? attributes : undefined
      const report = await findPrecedents(db, { ...asked, workItemId: workItem, segment, limit: k, embed })
      await recordUse(dependencies, {
        traceId: callerTrace(traceId, headers),
        tool: 'find_precedents',
        asked: { ...asked, workItemId: workItem, segment },
        entries: report.precedents.map((precedent) => precedent.id),
      })
      return report
    })
  }
}
