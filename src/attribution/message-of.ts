/** What went wrong, without data: the ORM's own message is the whole statement with its parameters. */
export function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? error.cause.message : error.message
}
