/** Connection and capacity errors by the driver's names, Node's, and SQLSTATE classes 08, 40, 53 and 57. */
const TRANSIENT =
  /^(?:CONNECTION_\w+|CONNECT_TIMEOUT|ECONNREFUSED|ECONNRESET|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|08...|40001|40P01|53...|57P0[1-5])$/

/** True where the database could not be reached or was too busy: the same call may succeed a moment later. */
export function isTransientError(error: unknown): boolean {
  for (let current = error; current instanceof Error; current = current.cause) {
    const code = (current as { code?: unknown }).code
    if (typeof code === 'string' && TRANSIENT.test(code)) return true
  }
  return false
}
