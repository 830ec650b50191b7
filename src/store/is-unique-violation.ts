const UNIQUE_VIOLATION = '23505'

/** True where the database refused a row because another has its key. */
export function isUniqueViolation(error: unknown): boolean {
  for (let current = error; current instanceof Error; current = current.cause) {
    if ((current as { code?: unknown }).code === UNIQUE_VIOLATION) return true
  }
  return false
}
