import { App, HTTPReceiver, type Receiver } from '@slack/bolt'
import { WebClient, type WebClientOptions } from '@slack/web-api'
import type { Digest } from '../digest/compose-digest.ts'
import type { Answer } from '../domain/answer.ts'
import type { Report } from '../domain/finding.ts'
import type { ShiftNotice } from '../domain/shift.ts'
import type { StoredAnswer } from '../store/queries/slack-answers.ts'
import { boltLogger } from './bolt-logger.ts'
import type { SlackDependencies } from './dependencies.ts'
import { postDigest } from './post-digest.ts'
import { postRevision } from './post-revision.ts'
import { postShift } from './post-shift.ts'
import { registerListeners } from './register-listeners.ts'
import { tellRepricing } from './tell-repricing.ts'

/** What calls to Slack go through; the global one where absent. */
type Fetch = NonNullable<WebClientOptions['fetch']>

/** How Slack reaches Docket: a socket that Docket opens, calls to `/slack/events`, or a receiver of our own (the playground). */
export type SlackTransport =
  | { kind: 'socket'; botToken: string; appToken: string; fetch?: Fetch }
  | { kind: 'http'; botToken: string; signingSecret: string; fetch?: Fetch }
  | {
      kind: 'receiver'
      receiver: Receiver
      fetch: Fetch
      identity: { botToken: string; botId: string; botUserId: string }
    }

export interface SlackApp {
  app: App
  client: WebClient
  /** For `slackEventRoutes`; null unless Slack calls by HTTP. */
  httpReceiver: HTTPReceiver | null
  /** Connects (Socket Mode) or checks the token; the HTTP server is the caller's. */
  start(): Promise<void>
  /** Stops listening and waits for the work that had begun. */
  stop(): Promise<void>
  /** Resolves when no listener is at work. */
  idle(): Promise<void>
  /** Posts a digest and gives its ts. */
  postDigest(channel: string, digest: Digest): Promise<string>
  /** Tells the person who asked what came of pricing runs again. */
  tellRepricing(place: { channel: string; user: string }, id: string): Promise<void>
  /** Tells an answer's thread what late data changes in it. */
  postRevision(stored: StoredAnswer, said: readonly string[], report: Report): Promise<void>
  /** Posts a notice of a shift with the first lines of its explanation, and gives its ts. */
  postShift(channel: string, notice: ShiftNotice, answer: Answer, timeZone: string): Promise<string>
}

/** A person waits: three tries within seconds, not the half hour that is the client's own habit. */
const RETRIES = { retries: 3, factor: 2, minTimeout: 300, maxTimeout: 3000 }

export function createSlackApp(options: SlackDependencies & { transport: SlackTransport }): SlackApp {
  const { transport, ...deps } = options
  const logger = boltLogger(deps.log)
  const clientOptions: WebClientOptions = {
    retryConfig: RETRIES,
    timeout: 30_000,
    ...(transport.fetch ? { fetch: transport.fetch } : {}),
  }
  const httpReceiver =
    transport.kind === 'http' ? new HTTPReceiver({ signingSecret: transport.signingSecret, logger }) : null
  const botToken = transport.kind === 'receiver' ? transport.identity.botToken : transport.botToken
  const client = new WebClient(botToken, { ...clientOptions, logger })
  const authorize = transport.kind === 'receiver' ? async () => transport.identity : identifyOnce(client, botToken)
  const shared = { logger, authorize, clientOptions, convoStore: false as const }
  const app =
    transport.kind === 'socket'
      ? new App({ ...shared, socketMode: true, appToken: transport.appToken })
      : new App({ ...shared, receiver: transport.kind === 'http' ? httpReceiver! : transport.receiver })
  const work = trackWork(app)
  registerListeners(app, deps)
  app.error(async (error) => {
    deps.log.error({ err: error, code: error.code }, 'A Slack listener failed')
  })
  return {
    app,
    client,
    httpReceiver,
    start: async () => {
      if (transport.kind !== 'receiver') await client.auth.test({})
      if (transport.kind === 'socket') await app.start()
    },
    stop: async () => {
      if (transport.kind === 'socket') await app.stop()
      await work.idle()
    },
    idle: work.idle,
    postDigest: (channel, digest) => postDigest(deps, client, channel, digest),
    tellRepricing: (place, id) => tellRepricing(deps, client, place, id),
    postRevision: (stored, said, report) => postRevision(deps, client, stored, said, report),
    postShift: (channel, notice, answer, timeZone) => postShift(deps, client, channel, notice, answer, timeZone),
  }
}

/** Who the token belongs to, asked once; Bolt's own way asks again at every event. A failure is asked again. */
function identifyOnce(client: WebClient, botToken: string) {
  let identity: Promise<{ botToken: string; botId?: string; botUserId?: string }> | null = null
  return () => {
    identity ??= client.auth
      .test({})
      .then((result) => ({ botToken, botId: result.bot_id, botUserId: result.user_id }))
      .catch((error: unknown) => {
        identity = null
        throw error
      })
    return identity
  }
}

/** Stopping a Bolt app closes its connection and nothing more; this knows which listeners are still at work. */
function trackWork(app: App): { idle(): Promise<void> } {
  const running = new Set<Promise<void>>()
  app.use(async ({ next }) => {
    const work = next()
    running.add(work)
    try {
      await work
    } finally {
      running.delete(work)
    }
  })
  return {
    idle: async () => {
      while (running.size > 0) await Promise.allSettled(running)
    },
  }
}
