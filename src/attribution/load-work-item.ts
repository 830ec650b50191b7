import type { WorkItemFact } from '../domain/facts.ts'
import type { Db } from '../store/client.ts'
import { listAttributedSpans } from '../store/queries/list-attributed-spans.ts'
import { listChangesAround } from '../store/queries/list-changes-around.ts'
import { listOutcomes, listOverrides } from '../store/queries/list-work-item-records.ts'
import { loadFullTraceSpans } from '../store/queries/load-trace-spans.ts'
import { listEntryTitles, listMemoryUses } from '../store/queries/memory-uses.ts'
import { documentWorkItem } from './document-work-item.ts'
import { loadFactsOfWorkItems } from './load-work-item-facts.ts'
import type { WorkItemDocument } from './work-item-document.ts'

const WEEK_MILLISECONDS = 7 * 86_400_000

/**
 * The whole decision trace of one item as of `asOf`, as it was known at `knownAt` (null: now). Null where nothing is known
 * of it: it has no run, outcome or override.
 */
export async function loadWorkItem(
  db: Db,
  workflow: string,
  id: string,
  { asOf = null, knownAt }: { asOf?: Date | null; knownAt: Date | null },
): Promise<WorkItemDocument | null> {
  const keys = [{ workflow, workItemId: id }]
  const limits = { asOf, knownAt }
  const [fact] = await loadFactsOfWorkItems(db, keys, limits)
  if (!fact) return null
  const traceIds = fact.runs.map((run) => run.traceId)
  const { from, to } = lifeOf(fact)
  const latest = [asOf, knownAt].filter((instant) => instant !== null)
  const until = latest.length > 0 ? new Date(Math.min(...latest.map((instant) => instant.getTime()))) : null
  const uses = await listMemoryUses(db, traceIds, until)
  return documentWorkItem({
    fact,
    spans: (await loadFullTraceSpans(db, traceIds, knownAt)).filter((span) => !asOf || span.startedAt <= asOf),
    attributed: await listAttributedSpans(db, traceIds, knownAt),
    uses,
    titles: await listEntryTitles(
      db,
      uses.flatMap((use) => use.entries),
    ),
    outcomes: await listOutcomes(db, { keys }, limits),
    overrides: await listOverrides(db, { keys }, limits),
    changes: await listChangesAround(db, {
      workflow,
      from: new Date(from - WEEK_MILLISECONDS),
      to: new Date(Math.min(to + WEEK_MILLISECONDS, asOf?.getTime() ?? Number.POSITIVE_INFINITY)),
      knownAt,
    }),
  })
}

function lifeOf(fact: WorkItemFact): { from: number; to: number } {
  const instants = [
    ...fact.runs.map((run) => run.endedAt ?? run.startedAt),
    ...fact.outcomes.map((outcome) => outcome.occurredAt),
    ...fact.overrides.map((override) => override.occurredAt),
  ].map((instant) => instant.getTime())
  const from = fact.startedAt.getTime()
  return { from, to: instants.reduce((latest, instant) => Math.max(latest, instant), from) }
}
