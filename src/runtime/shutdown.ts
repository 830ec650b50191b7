import type { Logger } from './logging.ts'

/** After this long, what still runs is left behind. */
const GRACE_MILLISECONDS = 15_000

/**
 * Runs the closers in reverse order of registration on SIGINT and SIGTERM, then exits. A second signal exits at once.
 */
export function createShutdown(logger: Logger) {
  const closers: { name: string; close: () => Promise<unknown> }[] = []
  let closing = false

  async function shutDown(exitCode: number): Promise<void> {
    if (closing) process.exit(exitCode || 1)
    closing = true
    setTimeout(() => {
      logger.error({ graceMilliseconds: GRACE_MILLISECONDS }, 'shutdown took too long; leaving')
      process.exit(1)
    }, GRACE_MILLISECONDS).unref()
    for (const { name, close } of closers.reverse()) {
      await close().catch((error: unknown) => logger.error({ err: error, part: name }, 'could not close'))
    }
    process.exit(exitCode)
  }

  process.on('SIGINT', () => void shutDown(0))
  process.on('SIGTERM', () => void shutDown(0))

  return {
    onShutdown(name: string, close: () => Promise<unknown>): void {
      closers.push({ name, close })
    },
    shutDown,
  }
}
