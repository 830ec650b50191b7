import { parseArgs } from 'node:util'
import { Problem } from './domain/problem.ts'
import { openPort } from './http/open-port.ts'
import { startingPage } from './http/starting-page.ts'
import { createIngestLoad } from './ingest/ingest-load.ts'
import { openQueue } from './jobs/queue.ts'
import { readConfig } from './runtime/config.ts'
import { createLogger } from './runtime/logging.ts'
import { createMetrics } from './runtime/metrics.ts'
import { sayReady } from './runtime/say-ready.ts'
import { createShutdown } from './runtime/shutdown.ts'
import { makeFirstKey, openDatabase } from './wire-database.ts'
import { loadDemoInBackground } from './wire-demo.ts'
import { wireHttp } from './wire-http.ts'
import { startTicks, startWorker, wireJobs } from './wire-jobs.ts'
import { noteAddress } from './wire-running-server.ts'
import { wireServices } from './wire-services.ts'
import { wireSlack } from './wire-slack.ts'
import { startLooking } from './wire-watchlist.ts'

const HELP = `Docket: a Slack bot with a decision memory.

  npm start                start it; the first start loads a demo workspace
  npm start -- --empty     start without the demo workspace
  npm run docket -- help   keys, imports and other commands

README.md lists the settings.
`

async function main(): Promise<void> {
  const { values: flags } = parseArgs({
    options: { empty: { type: 'boolean' }, help: { type: 'boolean', short: 'h' } },
  })
  if (flags.help) {
    process.stdout.write(HELP)
    return
  }
  const config = readConfig()
  const logger = createLogger(config.LOG_LEVEL)
  const { onShutdown, shutDown } = createShutdown(logger)
  const metrics = createMetrics()
  const clock = () => new Date()

  let step = 'reading the settings'
  const port = await openPort(
    config.HOST,
    config.PORT,
    startingPage(() => step),
  )
  onShutdown('port', async () => port.server.close())
  const baseUrl = (config.PUBLIC_URL ?? `http://${hostForLinks(config.HOST)}:${port.port}`).replace(/\/$/, '')

  const database = await openDatabase(config, (next) => {
    step = next
  })
  onShutdown('database', database.close)
  if (!database.records.isGuarded) logger.warn(`Overrides and decisions are not guarded: ${database.records.detail}`)
  const firstKey = await makeFirstKey(database, config, clock())
  step = 'opening the queue'
  const queue = await openQueue(database, database.url ?? undefined, (error) => logger.error({ err: error }, 'queue'))
  onShutdown('queue', queue.stop)

  const load = createIngestLoad()
  const jobs = wireJobs({ database, queue, logger, metrics, clock })
  const services = wireServices({ database, jobs, config, clock, baseUrl, logger })
  const runs = (role: 'ingest' | 'bot' | 'worker') => config.DOCKET_ROLE === 'all' || config.DOCKET_ROLE === role
  const slack = runs('bot') ? await wireSlack({ database, services, queue, config, clock, baseUrl, logger }) : null
  if (slack) onShutdown('slack', slack.stop)
  const app = await wireHttp({
    database,
    queue,
    jobs,
    load,
    services,
    slack,
    port,
    config,
    runs,
    clock,
    metrics,
    logger,
  })
  onShutdown('http', () => app.close())
  if (database.embedded)
    onShutdown('address', await noteAddress(config, `http://${hostForLinks(config.HOST)}:${port.port}`))
  await slack?.start()
  // Last, for a backlog of work would keep the first page waiting.
  if (runs('worker')) {
    const { embedder, model } = services
    await startWorker({ database, queue, jobs, load, embedder, model, config, clock, logger })
    await startLooking({ database, queue, jobs, config, clock, baseUrl, logger })
  }
  onShutdown('schedule', startTicks({ queue, config, clock, logger }))

  // A demo among a company's own figures would be a lie: it is only loaded where nothing but the playground can see it.
  const loadsDemo = config.servesPlayground && !flags.empty && runs('worker')
  const onFault = (error: unknown) => void fail(error, shutDown)
  const showProgress = slack?.showProgress ?? (async () => {})
  const demo = loadsDemo
    ? await loadDemoInBackground({ database, queue, jobs, config, clock, showProgress, onFault })
    : null
  if (demo) services.holdQuestions(demo.done)
  sayReady({ baseUrl, config, database: database.description, firstKey, demo: demo?.state ?? 'none' })
}

function hostForLinks(host: string): string {
  if (host === '0.0.0.0' || host === '::') return '127.0.0.1'
  return host.includes(':') ? `[${host}]` : host
}

/** One clear message: what is wrong, and the next step. What nobody foresaw also shows where it happened. */
function describe(error: unknown): string {
  if (error instanceof Problem) return [error.message, error.nextStep].filter(Boolean).join('\n')
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}

async function fail(error: unknown, shutDown?: (exitCode: number) => Promise<void>): Promise<void> {
  process.stderr.write(`\nDocket cannot go on.\n${describe(error)}\n`)
  if (shutDown) await shutDown(1)
  process.exit(1)
}

/** Starts Docket; where it cannot, says why in one message and exits with 1. */
export function runProgram(): Promise<void> {
  return main().catch((error: unknown) => fail(error))
}
