import { loadDemo, readDemoProgress } from './demo/load-demo.ts'
import type { Queue } from './jobs/queue.ts'
import type { Config } from './runtime/config.ts'
import type { Database } from './store/client.ts'
import { listWorkflows } from './store/queries/list-workflows.ts'
import { type Jobs, lastWeek } from './wire-jobs.ts'

/**
 * Loads the demo workspace where the database holds no work yet, or a load was broken off; questions are answered
 * meanwhile on what is there. Its last week's digest follows. Resolves as soon as it is known what there is to do.
 */
export async function loadDemoInBackground(parts: {
  database: Database
  queue: Queue
  jobs: Jobs
  config: Config
  clock: () => Date
  onFault: (error: unknown) => void
}): Promise<'none' | 'loading' | 'loaded'> {
  const { database, queue, jobs, config, clock, onFault } = parts
  const progress = await readDemoProgress(database.db)
  if (progress === 'complete') return 'loaded'
  if (progress === 'none' && (await listWorkflows(database.db)).length > 0) return 'none'
  const load = async () => {
    await loadDemo(database, { now: clock(), timeZone: config.TIMEZONE, onProgress: showProgress })
    showProgress(1, 1, 'counting what it cost')
    await jobs.attributeNow()
    await queue.send('index-memory')
    const week = lastWeek(clock(), config.TIMEZONE)
    await queue.send('deliver-digest', { week }, week)
    process.stdout.write('\nThe demo workspace is loaded; its digest is posted to #docket-digest.\n')
  }
  setTimeout(() => load().catch(onFault), 0)
  return 'loading'
}

function showProgress(done: number, total: number, label: string): void {
  const line = `Loading the demo workspace: ${Math.round((100 * done) / total)} %, ${label}`
  // On a terminal one line is rewritten; in a log each step is a line.
  process.stdout.write(process.stdout.isTTY ? `\r${line.padEnd(78)}` : `${line}\n`)
}
