import { catalogue } from './analysis/catalogue.ts'
import { lookForShifts } from './digest/watchlist/look-for-shifts.ts'
import { type NoticeTarget, tellShifts } from './digest/watchlist/tell-shifts.ts'
import type { Answer } from './domain/answer.ts'
import { dateIn } from './domain/period.ts'
import type { Queue } from './jobs/queue.ts'
import { isChannel } from './playground/workspace.ts'
import type { Config } from './runtime/config.ts'
import type { Logger } from './runtime/logging.ts'
import type { SlackApp } from './slack/create-slack-app.ts'
import type { Database } from './store/client.ts'
import { getMarker } from './store/queries/get-marker.ts'
import { listWorkflows } from './store/queries/list-workflows.ts'
import { putMarker } from './store/queries/put-marker.ts'
import type { Jobs } from './wire-jobs.ts'
import type { Services } from './wire-services.ts'

/** Looks through every watched workflow once a closed day (`again`: whatever was looked at), then asks for what is new to be told. */
export async function startLooking(parts: {
  database: Database
  queue: Queue
  jobs: Jobs
  config: Config
  clock: () => Date
  baseUrl: string
  logger: Logger
}): Promise<void> {
  const { database, queue, jobs, config, clock, baseUrl, logger } = parts
  const { db } = database
  await queue.work('watch', async ({ again }) => {
    await jobs.settle()
    const standpoint = { asOf: clock(), knownAt: null, timeZone: config.TIMEZONE }
    const today = dateIn(standpoint.asOf, standpoint.timeZone)
    const workflows = await listWorkflows(db)
    for (const { name, watch } of workflows) {
      const marker = `watched:${name}`
      if (watch === false || (!again && (await getMarker(db, marker)) === today)) continue
      const fresh = await lookForShifts({ db, standpoint, baseUrl, workflows, catalogue }, name)
      for (const { id, state } of fresh) logger.info({ notice: id, state }, 'noticed a shift')
      await putMarker(db, marker, today, clock())
    }
    await queue.send('tell-shifts')
  })
}

/** Posts what was noticed: into the workflow's channel, else the digest's, in Slack and in the playground alike. */
export async function startTelling(parts: {
  database: Database
  queue: Queue
  services: Services
  connected: SlackApp | null
  local: SlackApp | null
  localChannel: string
  config: Config
  clock: () => Date
  logger: Logger
}): Promise<void> {
  const { database, queue, services, connected, local, localChannel, config, clock, logger } = parts
  const targetOf = (app: SlackApp, fallbackChannel: string | null, mayHave: NoticeTarget<Answer>['mayHave']) => ({
    fallbackChannel,
    mayHave,
    post: (channel: string, notice: Parameters<SlackApp['postShift']>[1], answer: Answer) =>
      app.postShift(channel, notice, answer, config.TIMEZONE),
  })
  const targets = [
    ...(connected ? [targetOf(connected, config.DIGEST_CHANNEL ?? null, () => true)] : []),
    ...(local ? [targetOf(local, localChannel, isChannel)] : []),
  ]
  await queue.work('tell-shifts', async () => {
    await tellShifts(database.db, {
      workflows: await listWorkflows(database.db),
      targets,
      clock,
      compose: (notice) => services.ask({ question: notice.question }),
      onRefused: (error, notice, channel) =>
        logger.warn({ err: error, notice: notice.id, channel }, 'could not tell of a shift; it will be tried again'),
    })
  })
}
