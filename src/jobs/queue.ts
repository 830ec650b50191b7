import { fromPglite, PgBoss } from 'pg-boss'
import type { Database } from '../store/client.ts'

/** Names of the queues, with what a job of each does. */
export const QUEUES = {
  attribute: 'Build facts of traces and work items that changed',
  'pack-days': 'Pack the facts of days that changed into columns',
  'index-memory': 'Make memory entries of sources that changed',
  'tell-stories': 'Have a model tell the stories of runs that people overruled',
  'deliver-digest': 'Post the weekly digest',
  watch: 'Look through the closed days of every workflow for shifts',
  'revisit-answers': 'Tell threads where data that came late changes what they were answered',
  'tell-shifts': 'Post the shifts that are new',
  'finish-repricing': 'Record what came of pricing runs again',
  'tell-repricing': 'Tell in Slack what came of pricing runs again',
  'clean-up': 'Drop raw spans and refusals past their retention, and notes of deliveries that cannot come again',
} as const
export type QueueName = keyof typeof QUEUES

export interface Queue {
  /** Asks for a job. One that already waits with the same key is enough: it will see the newer work too. */
  send(name: QueueName, data?: object, key?: string): Promise<void>
  /** Runs jobs of a queue in this process, one at a time. A job that throws is tried again, later and later. */
  work(name: QueueName, run: (data: Record<string, unknown>) => Promise<void>): Promise<void>
  /** Rejects where the queue does not work. */
  check(): Promise<void>
  stop(): Promise<void>
}

/** Opens the durable queue on the same database; any number of processes may share it. */
export async function openQueue(
  database: Database,
  databaseUrl: string | undefined,
  onError: (error: Error) => void,
): Promise<Queue> {
  const boss = new PgBoss({
    ...(database.embedded
      ? { db: fromPglite(database.embedded), backend: 'pglite' as const }
      : { connectionString: databaseUrl!, max: 3 }),
    schema: 'docket_queue',
    useListenNotify: true,
    schedule: false,
  })
  boss.on('error', onError)
  await boss.start()
  for (const name of Object.keys(QUEUES)) {
    // `stately`: at most one waits and one runs, so a burst of requests makes no burst of jobs.
    await boss.createQueue(name, {
      policy: 'stately',
      notify: true,
      retryLimit: 20,
      retryDelay: 2,
      retryBackoff: true,
      retryDelayMax: 300,
    })
  }
  return {
    send: async (name, data = {}, key = name) => {
      await boss.send(name, data, { singletonKey: key })
    },
    work: async (name, run) => {
      await boss.work<Record<string, unknown>>(name, { pollingIntervalSeconds: 2 }, async (jobs) => {
        for (const job of jobs) await run(job.data ?? {})
      })
    },
    check: async () => {
      await boss.getQueue('attribute')
    },
    stop: () => boss.stop({ graceful: true, timeout: 10_000 }),
  }
}
