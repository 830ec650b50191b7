import { type Logger, LogLevel } from '@slack/bolt'
import type { SlackLog } from './dependencies.ts'

/** Bolt's and the Web client's log lines, in Docket's log. */
export function boltLogger(log: SlackLog): Logger {
  const line = (parts: unknown[]) =>
    parts.map((part) => (part instanceof Error ? part.message : String(part))).join(' ')
  return {
    debug: (...parts) => log.debug({}, line(parts)),
    info: (...parts) => log.debug({}, line(parts)),
    warn: (...parts) => log.warn({}, line(parts)),
    error: (...parts) => log.error({ err: parts.find((part) => part instanceof Error) }, line(parts)),
    getLevel: () => LogLevel.INFO,
    setLevel: () => {},
    setName: () => {},
  }
}
