import cron from 'node-cron'
import type { Queue, QueueName } from './queue.ts'

export interface Tick {
  /** Cron expression in `timeZone`. */
  expression: string
  queue: QueueName
  /** Data and key of the job; the same key from two processes makes one job. */
  job(now: Date): { data: object; key: string }
}

/** Ticks in every process; the queue makes one job of the ticks of many. Returns how to stop. */
export function startSchedule(options: {
  ticks: Tick[]
  timeZone: string
  queue: Queue
  clock: () => Date
  onError: (error: unknown) => void
}): () => Promise<void> {
  const tasks = options.ticks.map((tick) =>
    cron.schedule(
      tick.expression,
      async () => {
        const { data, key } = tick.job(options.clock())
        await options.queue.send(tick.queue, data, key).catch(options.onError)
      },
      // A tick that is late finds its work all the same: the outbox holds it.
      { timezone: options.timeZone, suppressMissedWarning: true },
    ),
  )
  return async () => {
    await Promise.all(tasks.map((task) => task.stop()))
  }
}

/** Whether node-cron can read it. */
export function isCronExpression(expression: string): boolean {
  return cron.validate(expression)
}
