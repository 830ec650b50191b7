import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { reattributeRuns } from '../../attribution/reattribute-runs.ts'
import { CommonIngestRules, IngestRules } from '../../domain/ingest-rules.ts'
import { Timestamp } from '../../domain/timestamp.ts'
import { forgetIngestRules } from '../../ingest/load-ingest-rules.ts'
import { checkPatterns } from '../../ingest/redact-patterns.ts'
import type { Db } from '../../store/client.ts'
import { deleteIngestRules, listIngestRules, putIngestRules } from '../../store/queries/ingest-rules.ts'
import type { RequireScope } from '../authenticate.ts'
import { HttpError } from '../http-error.ts'
import { parseOrRefuse, parseStorable } from '../parse-or-refuse.ts'

const EXAMPLE =
  'For example {"redaction": {"keep": ["phone"], "patterns": [{"name": "policy_number", "pattern": "\\\\bPN-\\\\d{8}\\\\b"}]}, ' +
  '"naming": {"traces": [{"attribute": "service.name", "equals": "adjudicator"}], "workItemId": ["metadata.claimId", "session.id"]}}.'

const Period = z.strictObject({ from: Timestamp, to: Timestamp.nullish() })

const NameParam = z.strictObject({ name: z.string().min(1).max(255) })

export interface IngestRuleDependencies {
  db: Db
  requireScope: RequireScope
  clock: () => Date
  /** Called after runs were marked to be named again. Must not throw. */
  afterApply: () => void
}

/**
 * What is redacted and how traces are named: `GET /api/ingest-rules`; `PUT` and `DELETE /api/workflows/NAME/ingest-rules`,
 * and `/api/ingest-rules` for what is redacted in every workflow; `POST /api/ingest-rules/apply` `{from, to?}`, which has
 * runs that are there already named again.
 */
export function ingestRuleRoutes(dependencies: IngestRuleDependencies): FastifyPluginAsync {
  const { db, requireScope, clock } = dependencies
  const put = async (workflow: string | null, rules: IngestRules, request: FastifyRequest) => {
    checkPatterns(rules.redaction?.patterns ?? [], 'redaction.patterns')
    const stored = { workflow, rules, updatedAt: clock(), updatedBy: request.apiKey?.name ?? 'unknown' }
    await putIngestRules(db, stored)
    forgetIngestRules(db)
    return stored
  }
  const remove = async (workflow: string | null) => {
    if (!(await deleteIngestRules(db, workflow))) {
      const whose = workflow === null ? 'every workflow' : `"${workflow}"`
      throw new HttpError(404, 'no_ingest_rules', `No rules are set for ${whose}.`, 'GET /api/ingest-rules lists them.')
    }
    forgetIngestRules(db)
    return { deleted: true }
  }
  return async (app) => {
    app.addHook('onRequest', requireScope('admin'))
    app.get('/api/ingest-rules', async () => ({ ingestRules: await listIngestRules(db) }))
    app.put('/api/ingest-rules', (request) =>
      put(null, parseStorable(CommonIngestRules, request.body, EXAMPLE), request),
    )
    app.delete('/api/ingest-rules', () => remove(null))
    app.put('/api/workflows/:name/ingest-rules', (request) =>
      put(nameOf(request), parseStorable(IngestRules, request.body, EXAMPLE), request),
    )
    app.delete('/api/workflows/:name/ingest-rules', (request) => remove(nameOf(request)))
    app.post('/api/ingest-rules/apply', async (request, reply) => {
      const { from, to } = parseOrRefuse(Period, request.body, 'Send {"from": "2026-11-01T00:00:00Z"}.')
      const runsInside = { because: 'names' as const, workflow: null, from, to: to ?? null }
      const by = { requestedBy: request.apiKey?.name ?? 'unknown', requestedAt: clock() }
      const { runs } = await reattributeRuns(db, { ...runsInside, ...by })
      dependencies.afterApply()
      return reply.code(202).send({ runs })
    })
  }
}

const nameOf = (request: FastifyRequest) =>
  parseOrRefuse(NameParam, request.params, 'Send PUT /api/workflows/NAME/ingest-rules.').name
