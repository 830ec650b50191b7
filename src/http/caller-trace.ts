import type { IncomingHttpHeaders } from 'node:http'

const TRACEPARENT = /^[0-9a-f]{2}-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}/

/**
 * The trace on which a caller works: the one that it names, else that of a W3C `traceparent` header; null where there is
 * neither. What an agent asks memory is recorded on it.
 */
export function callerTrace(named: string | undefined, headers: IncomingHttpHeaders): string | null {
  if (named !== undefined) return named
  const header = headers.traceparent
  const [, id] = TRACEPARENT.exec(typeof header === 'string' ? header.trim().toLowerCase() : '') ?? []
  return id && /[1-9a-f]/.test(id) ? id : null
}
