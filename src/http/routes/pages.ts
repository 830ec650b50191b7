import { readFile } from 'node:fs/promises'
import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { describeRule, listRuleDocuments } from '../../memory/describe-rules.ts'
import type { Db } from '../../store/client.ts'
import type { RequireScope } from '../authenticate.ts'
import { DeadLetterQuery } from '../dead-letter-cursor.ts'
import { html } from '../html.ts'
import { loadDeadLetters } from '../load-dead-letters.ts'
import { loadDecisionTrace } from '../load-decision-trace.ts'
import { deadLettersPage } from '../pages/dead-letters-page.ts'
import { layout, PAGE_HEADERS } from '../pages/layout.ts'
import { rulePage, rulesPage } from '../pages/rules-page.ts'
import { workItemPage } from '../pages/work-item-page.ts'
import { parseOrRefuse } from '../parse-or-refuse.ts'
import { StandpointQuery, sendExport } from '../send-export.ts'

/** `?all=1` opens every step, so that all of it is printed. */
const WorkItemQuery = StandpointQuery.extend({ all: z.string().optional() })

/**
 * Pages that Slack answers link to. Whoever sits at the machine itself may read them; from elsewhere the browser asks for a
 * key with the read scope, as the password of Basic authentication.
 */
export function pageRoutes(dependencies: {
  db: Db
  timeZone: string
  clock: () => Date
  requireScope: RequireScope
  /** After how many days refusals are dropped. */
  retentionDays: number
}): FastifyPluginAsync {
  const { db, timeZone, clock } = dependencies
  const requireRead = dependencies.requireScope('read')
  const now = () => ({ asOf: clock(), knownAt: null })
  return async (app) => {
    app.addHook('onRequest', async function (request, reply) {
      if (!isFromThisMachine(request) && !request.url.startsWith('/assets/'))
        await requireRead.call(this, request, reply)
    })
    const styles = await readFile(new URL('../pages/pages.css', import.meta.url))
    app.get('/assets/pages.css', async (_request, reply) =>
      reply.header('content-type', 'text/css; charset=utf-8').header('cache-control', 'max-age=300').send(styles),
    )
    app.get<{ Params: { workflow: string; id: string } }>(
      '/work-items/:workflow/:id',
      async ({ params, query }, reply) => {
        const { all, ...standpoint } = parseOrRefuse(
          WorkItemQuery,
          query,
          'Send ?knownAt=2026-11-17T09:00:00Z, or nothing.',
        )
        const trace = await loadDecisionTrace(db, params, standpoint)
        reply.headers(PAGE_HEADERS)
        if (trace) return reply.send(workItemPage(trace, timeZone, { ...standpoint, opened: all !== undefined }))
        const body = html`<h1>Not found</h1><p>There is no work item “${params.id}” in “${params.workflow}”. An item is known a few
        seconds after its first trace, outcome or override.</p>`
        return reply.code(404).send(layout('Not found', body))
      },
    )
    app.get<{ Params: { workflow: string; id: string } }>(
      '/work-items/:workflow/:id/export.json',
      ({ params, query }, reply) => sendExport({ db, clock }, params, query, reply),
    )
    app.get('/dead-letters', async ({ query }, reply) => {
      const asked = parseOrRefuse(DeadLetterQuery, query, 'Send ?source=webhooks/traces, or nothing.')
      const shown = { ...(await loadDeadLetters(db, asked)), retentionDays: dependencies.retentionDays }
      return reply.headers(PAGE_HEADERS).send(deadLettersPage(shown, timeZone))
    })
    app.get('/rules', async (_request, reply) =>
      reply.headers(PAGE_HEADERS).send(rulesPage(await listRuleDocuments(db, null, now()))),
    )
    app.get<{ Params: { workflow: string; id: string } }>('/rules/:workflow/:id', async ({ params }, reply) => {
      const rule = await describeRule(db, params, now())
      reply.headers(PAGE_HEADERS)
      if (rule) return reply.send(rulePage(rule, timeZone))
      const body = html`<h1>Not found</h1><p>There is no rule “${params.id}” in “${params.workflow}”.
        <a href="/rules">All rules</a></p>`
      return reply.code(404).send(layout('Not found', body))
    })
  }
}

/**
 * A forwarded request comes from elsewhere, whoever hands it on; so may one under another name than loopback's, since a page
 * elsewhere can point a name of its own at this machine.
 */
function isFromThisMachine({ socket, headers, hostname }: FastifyRequest): boolean {
  const address = socket.remoteAddress ?? ''
  const isLoopback =
    (address === '::1' || address.replace(/^::ffff:/, '').startsWith('127.')) &&
    ['localhost', '127.0.0.1', '[::1]'].includes(hostname.replace(/:\d+$/, ''))
  return isLoopback && headers['x-forwarded-for'] === undefined && headers.forwarded === undefined
}
