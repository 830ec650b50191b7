/** A byte sequence that is no text of the database's encoding, and a character that its JSON cannot hold: SQLSTATE. */
const UNSTORABLE: readonly unknown[] = ['22021', '22P05']

/** True where the database refused a text for a character that it cannot hold, such as a zero byte. */
export function isUnstorableText(error: unknown): boolean {
  for (let current = error; current instanceof Error; current = current.cause) {
    if (UNSTORABLE.includes((current as { code?: unknown }).code)) return true
  }
  return false
}
