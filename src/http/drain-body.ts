import type { IncomingMessage } from 'node:http'

/** More than this is not waited for: the connection ends instead. */
const MOST_BYTES = 256 * 1024 * 1024
const MOST_MILLISECONDS = 15_000

/**
 * Reads and drops what is left of a body, so that a call refused before its body was read gets its answer: a socket
 * closed while its sender still writes is reset, and the sender sees a broken pipe in place of the 401 or 413.
 * Resolves once the body has ended, the sender is gone, or it is longer or slower than is waited for. Never rejects.
 */
export function drainBody(
  request: IncomingMessage,
  limits = { bytes: MOST_BYTES, milliseconds: MOST_MILLISECONDS },
): Promise<void> {
  const { headers } = request
  const hasBody = headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0
  if (!hasBody || request.complete || request.readableEnded || request.destroyed) return Promise.resolve()
  return new Promise((resolve) => {
    let bytes = 0
    const finish = () => {
      clearTimeout(timer)
      request.off('data', count).off('end', finish).off('close', finish).off('error', finish)
      resolve()
    }
    const count = (chunk: Buffer) => {
      bytes += chunk.length
      if (bytes > limits.bytes) finish()
    }
    const timer = setTimeout(finish, limits.milliseconds)
    request.on('data', count).on('end', finish).on('close', finish).on('error', finish)
    request.resume()
  })
}
