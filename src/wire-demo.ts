import { loadDemo, readDemoProgress } from './demo/load-demo.ts'
import type { Queue } from './jobs/queue.ts'
import type { Config } from './runtime/config.ts'
import type { Database } from './store/client.ts'
import { listWorkflows } from './store/queries/list-workflows.ts'
import { type Jobs, lastWeek } from './wire-jobs.ts'

/**
 * Loads the demo workspace where the database holds no work yet, or a load was broken off; `done` resolves when
 * its facts are there. Its last week's digest follows. Resolves itself as soon as it is known what there is to do.
 */
export async function loadDemoInBackground(parts: {
  database: Database
  queue: Queue
  jobs: Jobs
  config: Config
  clock: () => Date
  /** Beside the terminal; null when it is done. */
  showProgress(text: string | null): Promise<void>
  onFault: (error: unknown) => void
}): Promise<{ state: 'none' | 'loading' | 'loaded'; done: Promise<void> }> {
  const { database, queue, jobs, config, clock, onFault } = parts
  const progress = await readDemoProgress(database.db)
  if (progress === 'complete') return { state: 'loaded', done: Promise.resolve() }
  if (progress === 'none' && (await listWorkflows(database.db)).length > 0)
    return { state: 'none', done: Promise.resolve() }
  const tell = (done: number, total: number, label: string) => {
    const line = `Loading the demo workspace: ${Math.round((100 * done) / total)} %, ${label}`
    writeProgress(line)
    parts.showProgress(line).catch(onFault)
  }
  const load = async () => {
    await loadDemo(database, { now: clock(), timeZone: config.TIMEZONE, onProgress: tell })
    tell(1, 1, 'counting what it cost')
    await jobs.attributeNow()
    await parts.showProgress(null)
    await queue.send('index-memory')
    const week = lastWeek(clock(), config.TIMEZONE)
    await queue.send('deliver-digest', { week }, week)
    await queue.send('watch', { again: true }, 'again')
    process.stdout.write('\nThe demo workspace is loaded; its digest is posted to #docket-digest.\n')
  }
  return { state: 'loading', done: load().catch(onFault) }
}

/** On a terminal one line is rewritten; in a log each step is a line. */
function writeProgress(line: string): void {
  process.stdout.write(process.stdout.isTTY ? `\r${line.padEnd(78)}` : `${line}\n`)
}
