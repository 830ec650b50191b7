import { type Logger, pino } from 'pino'

export type { Logger }

/** Structured lines on standard error, so that standard output stays for what a person should read. Secrets never reach it. */
export function createLogger(level: string): Logger {
  return pino(
    { level, redact: ['req.headers.authorization', 'req.headers.cookie', 'headers.authorization', 'token', 'key'] },
    pino.destination({ dest: 2, sync: false }),
  )
}
