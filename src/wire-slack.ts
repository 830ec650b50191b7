import { revisitAnswers } from './answer/revisit-answers.ts'
import { type DeliveredDigest, deliverDigest } from './digest/deliver-digest.ts'
import type { CalendarDate } from './domain/period.ts'
import { Problem } from './domain/problem.ts'
import type { Queue } from './jobs/queue.ts'
import { createPlayground, type Playground } from './playground/create-playground.ts'
import { DIGEST_CHANNEL, isChannel } from './playground/workspace.ts'
import type { Config } from './runtime/config.ts'
import type { Logger } from './runtime/logging.ts'
import { createSlackApp, type SlackApp, type SlackTransport } from './slack/create-slack-app.ts'
import type { Database } from './store/client.ts'
import type { Services } from './wire-services.ts'
import { startTelling } from './wire-watchlist.ts'

export interface SlackParts {
  /** Connected to Slack; null without tokens. */
  connected: SlackApp | null
  /** The playground and the app behind it; null where it is not served. */
  playground: Playground | null
  /** Posts a week's digest once, into the channel (the configured one where none is given). */
  deliverDigest(week: CalendarDate, channel?: string): Promise<DeliveredDigest>
  /** Says in the playground how far something long has come; null takes the message away. */
  showProgress(text: string | null): Promise<void>
  start(): Promise<void>
  stop(): Promise<void>
}

/** The same listeners for Slack and for the playground, each where it is wanted; the digest goes to both. */
export async function wireSlack(parts: {
  database: Database
  services: Services
  queue: Queue
  config: Config
  clock: () => Date
  baseUrl: string
  logger: Logger
}): Promise<SlackParts> {
  const { database, services, queue, config, clock, baseUrl, logger } = parts
  const shared = { db: database.db, services: services.slack, clock, baseUrl, timeZone: config.TIMEZONE, log: logger }
  const transport = transportOf(config)
  const connected = transport && createSlackApp({ ...shared, transport })
  const playground = config.servesPlayground
    ? createPlayground({
        db: database.db,
        clock,
        onFault: (error) => logger.error({ err: error }, 'a playground listener failed'),
      })
    : null
  const local =
    playground &&
    createSlackApp({
      ...shared,
      transport: {
        kind: 'receiver',
        receiver: playground.receiver,
        fetch: playground.fetch,
        identity: playground.identity,
      },
    })

  const targets: { app: SlackApp; channel: string }[] = []
  if (connected && config.DIGEST_CHANNEL) targets.push({ app: connected, channel: config.DIGEST_CHANNEL })
  if (local) targets.push({ app: local, channel: DIGEST_CHANNEL })
  const deliver = ({ app, channel }: { app: SlackApp; channel: string }, week: CalendarDate) =>
    deliverDigest(database.db, {
      week,
      channel,
      clock,
      compose: services.composeDigest,
      post: (digest) => app.postDigest(channel, digest),
    })
  const appOf = (channel: string) => (local && isChannel(channel) ? local : connected)
  await queue.work('deliver-digest', async ({ week }) => {
    for (const target of targets) await deliver(target, String(week))
  })
  await queue.work('tell-repricing', async ({ id, channel, user }) => {
    const place = { channel: String(channel), user: String(user) }
    await appOf(place.channel)?.tellRepricing(place, String(id))
  })
  await queue.work('revisit-answers', async () => {
    const told = await revisitAnswers(database.db, {
      clock,
      explain: (plan) => services.explainChange(plan, { asOf: null, knownAt: null }),
      tell: async (stored, said, report) => appOf(stored.channel)?.postRevision(stored, said, report),
      onRefused: (error, { channel }) =>
        logger.warn({ err: error, channel }, 'could not tell a thread of late data; it will be tried again'),
    })
    if (told > 0) logger.info({ told }, 'told threads that late data changes their answers')
  })
  await startTelling({
    ...{ database, queue, services, connected, local, config, clock, logger },
    localChannel: DIGEST_CHANNEL,
  })
  return {
    connected,
    playground,
    deliverDigest: async (week, channel) => {
      const app = connected ?? local
      const target = channel !== undefined && app ? { app, channel } : targets[0]
      if (!target) {
        throw new Problem('no_digest_channel', 'There is no channel to post the digest to.', {
          nextStep: 'Set DIGEST_CHANNEL, or name one: {"channel": "C0123456789"}.',
        })
      }
      return deliver(target, week)
    },
    showProgress: local ? progressMessage(local, DIGEST_CHANNEL) : async () => {},
    start: async () => {
      await connected?.start()
      await local?.start()
    },
    stop: async () => {
      await connected?.stop()
      await local?.stop()
    },
  }
}

function transportOf(config: Config): SlackTransport | null {
  const { SLACK_BOT_TOKEN: botToken, SLACK_APP_TOKEN: appToken, SLACK_SIGNING_SECRET: signingSecret } = config
  if (!botToken) return null
  if (appToken) return { kind: 'socket', botToken, appToken }
  return { kind: 'http', botToken, signingSecret: signingSecret! }
}

/** One message that is posted, changed and in the end taken away. */
function progressMessage({ client }: SlackApp, channel: string): (text: string | null) => Promise<void> {
  let ts: string | undefined
  const show = async (text: string | null) => {
    if (text === null) {
      if (ts !== undefined) await client.chat.delete({ channel, ts })
      ts = undefined
    } else if (ts === undefined) ts = (await client.chat.postMessage({ channel, text })).ts
    else await client.chat.update({ channel, ts, text })
  }
  // One after the other: the second must know where the first was posted.
  let last: Promise<void> = Promise.resolve()
  return (text) => {
    last = last.then(() => show(text))
    return last
  }
}
