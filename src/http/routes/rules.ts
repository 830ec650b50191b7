import type { FastifyPluginAsync } from 'fastify'
import { z } from 'zod'
import { Instant } from '../../domain/timestamp.ts'
import { describeRule, listRuleDocuments } from '../../memory/describe-rules.ts'
import { SUGGESTION_DAYS, SUGGESTION_MINIMUM, suggestRules } from '../../memory/suggest-rules.ts'
import type { Db } from '../../store/client.ts'
import type { RequireScope } from '../authenticate.ts'
import { HttpError } from '../http-error.ts'
import { parseOrRefuse } from '../parse-or-refuse.ts'

const workflow = z.string().trim().min(1).max(255).optional()
const Standpoint = z.strictObject({ asOf: Instant.optional(), knownAt: Instant.optional() })
const ListQuery = Standpoint.extend({ workflow })
const SuggestionQuery = z.strictObject({
  workflow,
  since: Instant.optional(),
  until: Instant.optional(),
  minimum: z.coerce.number().int().min(2).max(1000).default(SUGGESTION_MINIMUM),
})
const HINT = 'For example /api/rules?workflow=claims&asOf=2026-11-17T09:00:00Z'
const DAY_MILLISECONDS = 86_400_000

/**
 * `GET /api/rules[?workflow=&asOf=&knownAt=]`, `GET /api/rules/WORKFLOW/ID[?asOf=&knownAt=]`, and
 * `GET /api/rules/suggestions[?workflow=&since=&until=&minimum=]`: clusters of like overrides that nobody has made a rule of.
 * Rules are confirmed by a person in Slack, not here.
 */
export function ruleRoutes(dependencies: {
  db: Db
  requireScope: RequireScope
  clock: () => Date
}): FastifyPluginAsync {
  const { db, clock } = dependencies
  const preHandler = dependencies.requireScope('read')
  const standpoint = ({ asOf, knownAt }: z.infer<typeof Standpoint>) => ({
    asOf: asOf ?? clock(),
    knownAt: knownAt ?? null,
  })
  return async (app) => {
    app.get('/api/rules', { preHandler }, async ({ query }) => {
      const parsed = parseOrRefuse(ListQuery, query, HINT)
      return { rules: await listRuleDocuments(db, parsed.workflow ?? null, standpoint(parsed)) }
    })
    app.get('/api/rules/suggestions', { preHandler }, async ({ query }) => {
      const { since, ...rest } = parseOrRefuse(SuggestionQuery, query, HINT)
      const from = since ?? new Date((rest.until ?? clock()).getTime() - SUGGESTION_DAYS * DAY_MILLISECONDS)
      const suggestions = await suggestRules(db, { ...rest, since: from })
      return { since: from, minimum: rest.minimum, suggestions }
    })
    app.get<{ Params: { workflow: string; id: string } }>(
      '/api/rules/:workflow/:id',
      { preHandler },
      async ({ params, query }) => {
        const rule = await describeRule(db, params, standpoint(parseOrRefuse(Standpoint, query, HINT)))
        if (rule) return rule
        throw new HttpError(
          404,
          'unknown_rule',
          `There is no rule "${params.id}" in "${params.workflow}" by then.`,
          'GET /api/rules lists the rules; /docket rules in Slack suggests and confirms them.',
        )
      },
    )
  }
}
