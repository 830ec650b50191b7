import { loadFactsOfWorkItems } from '../../attribution/load-work-item-facts.ts'
import type { Citation, Report } from '../../domain/finding.ts'
import type { AnalysisContext } from '../analysis.ts'
import { citeRun } from './cite-items.ts'

/** A run that is to be cited, by its place among the runs of its item. */
export interface CitedRun {
  workflow: string
  workItemId: string
  place: number
  why: string
}

/** A report whose computation named runs without their ids: a year has millions of those, of which a few are shown. */
export interface ComputedReport extends Report {
  citedRuns?: readonly CitedRun[]
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
