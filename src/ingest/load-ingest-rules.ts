import { type NamingRules, PERSONAL_DATA } from '../domain/ingest-rules.ts'
import { workflowOfAttributes } from '../domain/read-name.ts'
import type { Span } from '../domain/span.ts'
import type { Db } from '../store/client.ts'
import { listIngestRules, type StoredIngestRules } from '../store/queries/ingest-rules.ts'
import { type Redaction, STRICTEST } from './redaction.ts'

/** The rules that hold for what is received now. */
export interface IngestRuleBook {
  /** How a workflow's texts are redacted; where none is named, by the strictest rules of all together. */
  redactionOf(workflow: string | null): Redaction
  /** By the workflow that the span itself names, so that it does not matter which spans of its trace came with it. */
  redactionOfSpan(span: Pick<Span, 'attributes' | 'context'>): Redaction
}

/** Rules that another process set are seen after so many milliseconds; those set in this one, at once. */
const FRESH_MILLISECONDS = 1000

const books = new WeakMap<Db, { book: Promise<IngestRuleBook>; readAt: number }>()

/** The rules as of a moment ago: asked with every request, so read seldom. */
export function loadIngestRules(db: Db): Promise<IngestRuleBook> {
  const known = books.get(db)
  if (known && performance.now() - known.readAt < FRESH_MILLISECONDS) return known.book
  const book = listIngestRules(db).then(createRuleBook)
  books.set(db, { book, readAt: performance.now() })
  // What could not be read is asked for again, and the request fails as its other queries do.
  book.catch(() => books.delete(db))
  return book
}

/** Call it after rules were set. */
export function forgetIngestRules(db: Db): void {
  books.delete(db)
}

export function createRuleBook(stored: readonly StoredIngestRules[]): IngestRuleBook {
  const common = stored.find(({ workflow }) => workflow === null)?.rules.redaction
  const own = stored.flatMap(({ workflow, rules }) => (workflow === null ? [] : [{ workflow, ...rules }]))
  const byWorkflow = new Map<string, Redaction>(
    own.map(({ workflow, redaction }) => [
      workflow,
      {
        keep: redaction?.keep ?? common?.keep ?? [],
        patterns: [...(common?.patterns ?? []), ...(redaction?.patterns ?? [])],
      },
    ]),
  )
  const everyWorkflow: Redaction = { keep: common?.keep ?? [], patterns: common?.patterns ?? [] }
  const all = [everyWorkflow, ...byWorkflow.values()]
  const unnamed: Redaction = {
    keep: PERSONAL_DATA.filter((kind) => all.every(({ keep }) => keep.includes(kind))),
    patterns: [...new Set(all.flatMap(({ patterns }) => patterns))],
  }
  const naming = new Map<string, NamingRules>(
    own.flatMap(({ workflow, naming }) => (naming ? [[workflow, naming]] : [])),
  )
  const redactionOf = (workflow: string | null) =>
    workflow === null ? unnamed : (byWorkflow.get(workflow) ?? everyWorkflow)
  return {
    redactionOf: stored.length === 0 ? () => STRICTEST : redactionOf,
    redactionOfSpan: ({ attributes, context }) => {
      if (stored.length === 0) return STRICTEST
      if (context.authority === 'docket' && context.workflow) return redactionOf(context.workflow)
      return redactionOf(
        workflowOfAttributes(attributes, naming) ?? context.workflow ?? context.fallback?.workflow ?? null,
      )
    },
  }
}
