import { sql } from 'drizzle-orm'
import type { FastifyInstance } from 'fastify'
import { loadWorkItem } from './attribution/load-work-item.ts'
import { createRequireScope } from './http/authenticate.ts'
import type { openPort } from './http/open-port.ts'
import { askRoutes } from './http/routes/ask.ts'
import { auditRoutes } from './http/routes/audit.ts'
import { deadLetterRoutes } from './http/routes/dead-letters.ts'
import { digestRoutes } from './http/routes/digest.ts'
import { erasureRoutes } from './http/routes/erasures.ts'
import { healthRoutes } from './http/routes/health.ts'
import { importRoutes } from './http/routes/imports.ts'
import { ingestRuleRoutes } from './http/routes/ingest-rules.ts'
import { keyRoutes } from './http/routes/keys.ts'
import { mcpRoutes } from './http/routes/mcp.ts'
import { memoryRoutes } from './http/routes/memory.ts'
import { otlpRoutes } from './http/routes/otlp.ts'
import { overrideCandidateRoutes } from './http/routes/override-candidates.ts'
import { pageRoutes } from './http/routes/pages.ts'
import { policyRoutes } from './http/routes/policy.ts'
import { precedentRoutes } from './http/routes/precedents.ts'
import { priceRoutes } from './http/routes/prices.ts'
import { ruleRoutes } from './http/routes/rules.ts'
import { watchlistRoutes } from './http/routes/watchlist.ts'
import { webhookRoutes } from './http/routes/webhooks.ts'
import { workItemRoutes } from './http/routes/work-items.ts'
import { workflowRoutes } from './http/routes/workflows.ts'
import { createServer } from './http/server.ts'
import { shareLookups } from './http/share-lookups.ts'
import type { IngestLoad } from './ingest/ingest-load.ts'
import type { Queue } from './jobs/queue.ts'
import { describeEmbeddings, sayEmbeddings } from './memory/describe-embeddings.ts'
import { playgroundRoutes } from './playground/playground-routes.ts'
import type { Config } from './runtime/config.ts'
import type { Logger } from './runtime/logging.ts'
import type { Metrics } from './runtime/metrics.ts'
import { programVersion } from './runtime/program-version.ts'
import { readManifest } from './slack/manifest.ts'
import { slackEventRoutes } from './slack/slack-event-routes.ts'
import { findApiKey } from './store/queries/api-keys.ts'
import { countPendingTraces } from './store/queries/count-pending-traces.ts'
import { markWorkflowItems } from './store/queries/mark-workflow-items.ts'
import type { OpenedDatabase } from './wire-database.ts'
import type { Jobs } from './wire-jobs.ts'
import type { Services } from './wire-services.ts'
import type { SlackParts } from './wire-slack.ts'

/** All calls of contract.md, each role with its own; answers as soon as it resolves. */
export async function wireHttp(parts: {
  database: OpenedDatabase
  queue: Queue
  jobs: Jobs
  load: IngestLoad
  services: Services
  slack: SlackParts | null
  port: Awaited<ReturnType<typeof openPort>>
  config: Config
  runs: (role: 'ingest' | 'bot' | 'worker') => boolean
  clock: () => Date
  metrics: Metrics
  logger: Logger
}): Promise<FastifyInstance> {
  const { database, queue, jobs, load, services, slack, port, config, runs, clock, metrics, logger } = parts
  const { db } = database
  const requireScope = createRequireScope(shareLookups((key) => findApiKey(db, key)))
  const app = createServer({
    port,
    logger,
    onAnswered: ({ method, route, status, seconds }) => metrics.httpSeconds.observe({ method, route, status }, seconds),
  })

  const embeddings = () =>
    describeEmbeddings(db, services.embedder, config.EMBEDDING_BUDGET_TOKENS_PER_DAY ?? null, clock())
  await app.register(
    healthRoutes({
      checks: { database: () => db.execute(sql`select 1`), queue: queue.check },
      notes: async () => ({
        records: database.records.detail,
        ...(services.embedder.lexical ? {} : { embeddings: sayEmbeddings(await embeddings(), clock()) }),
      }),
      metricsText: async () => {
        metrics.pendingTraces.set(await countPendingTraces(db))
        const { tokensToday, waiting } = await embeddings()
        metrics.embeddingTokens.set(tokensToday)
        metrics.embeddingsWaiting.set(waiting)
        return metrics.registry.metrics()
      },
      metricsContentType: metrics.registry.contentType,
    }),
  )
  if (runs('ingest')) {
    const sending = { database, clock, requireScope, load, afterIngest: jobs.wake }
    await app.register(webhookRoutes({ ...sending, signingSecret: config.WEBHOOK_SIGNING_SECRET ?? null }))
    await app.register(
      otlpRoutes({ ...sending, onFault: (error) => logger.error({ err: error }, 'OTLP request failed') }),
    )
    await app.register(deadLetterRoutes({ database, requireScope }))
    await app.register(overrideCandidateRoutes({ db, requireScope, clock, afterConfirmation: jobs.wake }))
    await app.register(importRoutes({ db, clock, requireScope, afterIngest: jobs.wake }))
  }
  if (runs('bot')) {
    await app.register(askRoutes({ ask: services.ask, requireScope }))
    if (slack) {
      const { composeDigest: compose } = services
      const { deliverDigest: deliver } = slack
      await app.register(digestRoutes({ compose, deliver, requireScope, clock, timeZone: config.TIMEZONE }))
    }
    await app.register(async (reading) => {
      // What was acknowledged a moment ago is to be in what is read.
      reading.addHook('preHandler', async () => void (await services.settle()))
      const reportError = (error: unknown) => logger.error({ err: error }, 'a question to memory failed')
      const asking = { clock, reportError, requireScope, embed: services.embedder }
      await reading.register(memoryRoutes({ database, ...asking }))
      await reading.register(precedentRoutes({ db, ...asking }))
      await reading.register(
        mcpRoutes({
          database,
          ...asking,
          version: await programVersion(),
          loadWorkItem: (workflow, id, options) => loadWorkItem(db, workflow, id, options),
          explainChange: services.explainChange,
        }),
      )
      await reading.register(workItemRoutes({ database, clock, requireScope }))
      await reading.register(
        pageRoutes({ db, timeZone: config.TIMEZONE, clock, requireScope, retentionDays: config.SPAN_RETENTION_DAYS }),
      )
    })
    await app.register(ruleRoutes({ db, requireScope, clock }))
    await app.register(auditRoutes({ database, requireScope }))
    await app.register(policyRoutes({ db, requireScope, remainingBudget: services.remainingBudget }))
    await app.register(priceRoutes({ database, requireScope, clock, afterReprice: (id) => jobs.finishRepricing(id) }))
    await app.register(watchlistRoutes({ db, requireScope, clock }))
    await app.register(erasureRoutes({ db, requireScope, clock, afterErasure: jobs.wake }))
    await app.register(ingestRuleRoutes({ db, requireScope, clock, afterApply: jobs.wake }))
    await app.register(keyRoutes({ db, requireScope, clock }))
    await app.register(
      workflowRoutes({
        db,
        requireScope,
        clock,
        afterChange: async (workflow) => {
          await markWorkflowItems(db, workflow, clock())
          jobs.wake()
        },
      }),
    )
    if (slack?.connected?.httpReceiver) await app.register(slackEventRoutes(slack.connected.httpReceiver))
    if (slack?.playground) {
      const { commands, shortcuts } = await readManifest()
      const allowedHosts = config.PLAYGROUND_HOST ? [config.PLAYGROUND_HOST] : []
      await app.register(playgroundRoutes({ playground: slack.playground, commands, shortcuts, allowedHosts }))
    }
  }
  await app.ready()
  return app
}
