import type { RetrievedDocument, Span } from '../../domain/span.ts'

/**
 * A span as attribution reads it: payloads stay in the database, the input as a hash that tells equal inputs. One span
 * may come in several copies, of which the fullest holds.
 */
export interface StoredSpan extends Omit<Span, 'input' | 'output' | 'documents'> {
  documents: StoredDocument[]
  /** MD5 of the input text; null where there is none. */
  inputHash: string | null
  /** How much the copy says; the fuller copy wins, ties go to the greater hash. */
  fullness: number
  contentHash: string
  recordedAt: Date
}

/** A retrieved document without its content, of which only the length is kept: characters (code points). */
export type StoredDocument = Omit<RetrievedDocument, 'content'> & { characters?: number | null }

/** A span with its payloads, as a page shows it. */
export interface FullSpan extends Omit<StoredSpan, 'documents'> {
  documents: RetrievedDocument[]
  input: string | null
  output: string | null
}
