import type { Db } from '../store/client.ts'
import { loadIngestRules } from './load-ingest-rules.ts'
import { redactText } from './redact-text.ts'

/** Redacts what people write about a workflow, by its rules; where none is named, by the strictest of all. */
export async function loadRedactor(db: Db, workflow: string | null): Promise<(text: string) => string> {
  const redaction = (await loadIngestRules(db)).redactionOf(workflow)
  return (text) => redactText(text, redaction)
}
