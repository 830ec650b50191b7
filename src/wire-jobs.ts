import { addDays, dateIn, startOfWeek } from './domain/period.ts'
import { type IngestLoad, isCrowded } from './ingest/ingest-load.ts'
import { type AttributionReport, attribute } from './jobs/attribute.ts'
import { awaitRepricing } from './jobs/await-repricing.ts'
import { cleanUp } from './jobs/clean-up.ts'
import { createWaker } from './jobs/create-waker.ts'
import { createGiveWay, type GiveWay, type Keeping } from './jobs/give-way.ts'
import { indexMemory } from './jobs/index-memory.ts'
import { packDays } from './jobs/pack-days.ts'
import type { Queue } from './jobs/queue.ts'
import { startSchedule, type Tick } from './jobs/schedule.ts'
import { createSettle } from './jobs/settle.ts'
import type { ModelClient } from './llm/client.ts'
import type { Embedder } from './llm/embedder.ts'
import { tellStories } from './memory/tell-stories.ts'
import type { Config } from './runtime/config.ts'
import type { Logger } from './runtime/logging.ts'
import type { Metrics } from './runtime/metrics.ts'
import type { Database } from './store/client.ts'

/** How long a question waits for what was just posted, in milliseconds. */
const PATIENCE = 15_000
/** How long one job waits for runs that are priced again, in milliseconds; the queue holds a job for 15 minutes. */
const REPRICING_PATIENCE = 240_000

/**
 * While senders wait. With a fifth of the time each, they kept the database busier than what was received. Every figure rests
 * on facts, so these come before memory.
 */
const FACTS_KEEP: Keeping = { share: 0.1, longest: 3000 }
const MEMORY_KEEPS: Keeping = { share: 0.03, longest: 10_000 }

export interface Jobs {
  wake: () => void
  /** Builds the facts of everything that waits; without a `giveWay`, as fast as it can. */
  attributeNow: (giveWay?: GiveWay) => Promise<void>
  settle: () => Promise<boolean>
  /** Has runs that were marked priced again, and what came of it recorded, and told in Slack where wanted. */
  finishRepricing: (id: string, tell?: { channel: string; user: string }) => void
}

/** What every role needs of the jobs: to ask for them, and to wait for facts. */
export function wireJobs(parts: {
  database: Database
  queue: Queue
  logger: Logger
  metrics: Metrics
  clock: () => Date
}): Jobs {
  const { database, queue, logger, metrics, clock } = parts
  const onError = (error: unknown) => logger.error({ err: error }, 'could not ask for a job')
  const report = (batch: AttributionReport) => {
    metrics.attributedTraces.inc(batch.traces)
    metrics.attributionFailures.inc(batch.failed.length)
    for (const failed of batch.failedWorkItems)
      logger.error(failed, 'could not project a work item; it will be tried again')
    for (const failed of batch.failed)
      logger.error(failed, 'could not build the facts of a trace; it will be tried again')
  }
  const attributeNow = (giveWay?: GiveWay) => attribute(database, report, giveWay)
  const wake = createWaker(queue, ['attribute', 'index-memory'], onError)
  return {
    wake,
    attributeNow,
    settle: createSettle({ database, attribute: () => attributeNow(), clock, patience: PATIENCE }),
    finishRepricing: (id, tell) => {
      wake()
      void queue.send('finish-repricing', { id, ...tell }, id).catch(onError)
    },
  }
}

/** Runs the jobs in this process: facts, memory, retention. */
export async function startWorker(parts: {
  database: Database
  queue: Queue
  jobs: Jobs
  load: IngestLoad
  embedder: Embedder | null
  model: ModelClient | null
  config: Config
  clock: () => Date
  logger: Logger
}): Promise<void> {
  const { database, queue, jobs, load, embedder, model, config, clock, logger } = parts
  const giveWay = createGiveWay(() => isCrowded(load), FACTS_KEEP)
  const giveWayOfMemory = createGiveWay(() => isCrowded(load), MEMORY_KEEPS)
  await queue.work('attribute', async () => {
    await jobs.attributeNow(giveWay)
    // Facts that changed have stories to be told anew.
    await queue.send('index-memory')
  })
  await queue.work('pack-days', () =>
    packDays(database, clock, ({ days, items }) =>
      logger.info({ days, items }, 'packed the facts of days that had changed'),
    ),
  )
  await queue.work('finish-repricing', async ({ id, ...tell }) => {
    const options = { database, attribute: () => jobs.attributeNow(giveWay), clock, patience: REPRICING_PATIENCE }
    const finished = await awaitRepricing(String(id), options)
    if (finished && tell.channel) await queue.send('tell-repricing', { id, ...tell }, String(id))
  })
  await queue.work('index-memory', () => indexMemory(database, embedder, giveWayOfMemory))
  await queue.work('tell-stories', async () => {
    if (!model) return
    const tokensPerDay = config.STORY_BUDGET_TOKENS_PER_DAY
    const { told, refused } = await tellStories(database.db, model, { tokensPerDay, clock })
    if (told > 0 || refused.length > 0) logger.info({ told, refused }, 'a model told stories of runs')
  })
  await queue.work('clean-up', async () => {
    const days = await cleanUp(database, config.SPAN_RETENTION_DAYS, clock())
    if (days.length > 0) logger.info({ days }, 'dropped raw spans past their retention')
  })
}

/** The week before the one that holds `now`: what a digest is of. */
export function lastWeek(now: Date, timeZone: string): string {
  return addDays(startOfWeek(dateIn(now, timeZone)), -7)
}

export function startTicks(parts: { queue: Queue; config: Config; clock: () => Date; logger: Logger }) {
  const { queue, config, clock, logger } = parts
  const everyMinute = (name: 'attribute' | 'index-memory' | 'pack-days' | 'tell-stories'): Tick => ({
    expression: '* * * * *',
    queue: name,
    job: () => ({ data: {}, key: name }),
  })
  const ticks: Tick[] = [
    everyMinute('attribute'),
    everyMinute('index-memory'),
    { expression: '7 * * * *', queue: 'watch', job: () => ({ data: {}, key: 'watch' }) },
    { expression: '27 * * * *', queue: 'revisit-answers', job: () => ({ data: {}, key: 'revisit-answers' }) },
    everyMinute('pack-days'),
    ...(config.OPENAI_MODEL ? [everyMinute('tell-stories')] : []),
    { expression: '17 * * * *', queue: 'clean-up', job: () => ({ data: {}, key: 'clean-up' }) },
    {
      expression: config.DIGEST_CRON,
      queue: 'deliver-digest',
      job: (now) => ({ data: { week: lastWeek(now, config.TIMEZONE) }, key: lastWeek(now, config.TIMEZONE) }),
    },
  ]
  const onError = (error: unknown) => logger.error({ err: error }, 'could not ask for a scheduled job')
  return startSchedule({ ticks, timeZone: config.TIMEZONE, queue, clock, onError })
}
