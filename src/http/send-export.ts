import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import { Instant } from '../domain/timestamp.ts'
import type { Db } from '../store/client.ts'
import { HttpError } from './http-error.ts'
import { exportName, exportOf, loadDecisionTrace } from './load-decision-trace.ts'
import { parseOrRefuse } from './parse-or-refuse.ts'

const instant = Instant.optional().transform((given) => given ?? null)

export const StandpointQuery = z.object({ asOf: instant, knownAt: instant })

/** Answers with a work item's whole decision trace as a file to keep. */
export async function sendExport(
  { db, clock }: { db: Db; clock: () => Date },
  item: { workflow: string; id: string },
  query: unknown,
  reply: FastifyReply,
): Promise<FastifyReply> {
  const standpoint = parseOrRefuse(StandpointQuery, query, 'Send ?knownAt=2026-11-17T09:00:00Z, or nothing for now.')
  const trace = await loadDecisionTrace(db, item, standpoint)
  if (!trace) {
    throw new HttpError(
      404,
      'unknown_work_item',
      `There is no work item "${item.id}" in "${item.workflow}" by then.`,
      'Check the id.',
    )
  }
  return reply
    .header('content-type', 'application/json; charset=utf-8')
    .header('content-disposition', `attachment; filename="${exportName(item)}"`)
    .send(JSON.stringify(exportOf(trace, standpoint, clock()), null, 2))
}
