import type { PersonalData, RedactionPattern } from '../domain/ingest-rules.ts'

/** What is redacted beside secrets, as plain data that may be handed to another thread. */
export interface Redaction {
  keep: readonly PersonalData[]
  patterns: readonly RedactionPattern[]
}

/** Where nobody has set rules. */
export const STRICTEST: Redaction = { keep: [], patterns: [] }
