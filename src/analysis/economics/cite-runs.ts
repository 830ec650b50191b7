import { loadFactsOfWorkItems } from '../../attribution/load-work-item-facts.ts'
import type { WorkItemFact } from '../../domain/facts.ts'
import type { Citation, Report } from '../../domain/finding.ts'
import { keyOfWorkItem } from '../../store/queries/work-item-keys.ts'
import type { AnalysisContext } from '../analysis.ts'
import { citeRun } from './cite-items.ts'

/** A run that is to be cited, by its place among the runs of its item. */
export interface CitedRun {
  workflow: string
  workItemId: string
  place: number
  why: string
}

/** Items of which more is to be said than the computation could tell, and the report with what each part of their runs tells. */
export interface CloserLook {
  items: readonly WorkItemFact[]
  /** Given all of the items, in that order. */
  complete(items: readonly WorkItemFact[]): Report
}

/**
 * A report whose computation named runs without their ids, or items without the parts of their runs: a year has millions of
 * those, of which a few are shown.
 */
export interface ComputedReport extends Report {
  citedRuns?: readonly CitedRun[]
  closerLook?: CloserLook | null
}

/** With what the rows of the items tell; as it was computed where one of them is not known any more. */
export async function lookCloser({ db, standpoint }: AnalysisContext, report: ComputedReport): Promise<Report> {
  const { closerLook = null, citedRuns: _, ...computed } = report
  if (closerLook === null) return computed
  const { asOf, knownAt } = standpoint
  const wanted = closerLook.items.map(({ workflow, workItemId }) => ({ workflow, workItemId }))
  const facts = new Map(
    (await loadFactsOfWorkItems(db, wanted, { asOf, knownAt })).map((fact) => [keyOfWorkItem(fact), fact]),
  )
  const found = wanted.flatMap((item) => facts.get(keyOfWorkItem(item)) ?? [])
  return found.length === wanted.length ? closerLook.complete(found) : computed
}

/** In the order given; one that is not known any more is left out. */
export async function citeRuns(
  { db, standpoint, baseUrl }: AnalysisContext,
  runs: readonly CitedRun[],
): Promise<Citation[]> {
  const facts = await loadFactsOfWorkItems(db, runs, { asOf: standpoint.asOf, knownAt: standpoint.knownAt })
  return runs.flatMap(({ workflow, workItemId, place, why }) => {
    const item = facts.find((fact) => fact.workflow === workflow && fact.workItemId === workItemId)
    const run = item?.runs[place]
    return run ? [citeRun(run, baseUrl, why)] : []
  })
}
