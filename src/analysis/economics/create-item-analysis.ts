import type { ItemList } from '../../attribution/item-days/item-list.ts'
import { releaseItems } from '../../attribution/item-days/packed-items.ts'
import type { Finding } from '../../domain/finding.ts'
import { type CalendarDate, type Period, startOfDay } from '../../domain/period.ts'
import type { Plan } from '../../domain/plan.ts'
import type { RunDetail } from '../../store/queries/run-fact-rows.ts'
import type { Analysis } from '../analysis.ts'
import { createFigures } from './build-findings.ts'
import { type ComputedReport, citeRuns, lookCloser } from './cite-runs.ts'
import { dataBeginsCaveat } from './data-begins.ts'
import { type ItemView, loadItems } from './load-items.ts'
import { type EconomicsParameters, resolveParameters } from './parameters.ts'
import { settlePeriods } from './settle-periods.ts'
import { withItemScratch } from './with-item-scratch.ts'

/** An entry of the catalogue around a pure computation over work items: fills the plan in, loads, computes. */
export function createItemAnalysis(
  entry: Omit<Analysis, 'run'> & {
    view: ItemView | ((plan: Plan) => ItemView)
    /** It says nothing of the period compared with, so that is not loaded. */
    withoutComparison?: boolean
    /** Parts of runs that it looks at beside their figures and models; reading another one throws. */
    details?: readonly RunDetail[]
    /** First day to load, where that is before the period and the one compared with. */
    loadFrom?(period: Period): CalendarDate
    /** What it tells may hold items, but no list of them. */
    compute(items: ItemList, parameters: EconomicsParameters, plan: Plan): ComputedReport
  },
): Analysis {
  const { name, title, description, example, view, compute, loadFrom, withoutComparison = false, details = [] } = entry
  return {
    name,
    title,
    description,
    example,
    async run(context, plan) {
      const { period, comparison, isShifted } = await settlePeriods(context, plan)
      const parameters = resolveParameters(context, { ...plan, period, comparison })
      const since = loadFrom ? startOfDay(loadFrom(period), parameters.timeZone) : undefined
      const wanted = typeof view === 'function' ? view(plan) : view
      const items = await loadItems(context, parameters, wanted, { since, withoutComparison, details })
      const computed = withItemScratch(items, () => compute(items, parameters, plan))
      releaseItems(items)
      const report = await lookCloser(context, computed)
      const begins = withoutComparison ? [] : await dataBeginsCaveat(context, parameters)
      const shifted = isShifted ? [shiftedCaveat(parameters)] : []
      return {
        ...report,
        citations: [...report.citations, ...(await citeRuns(context, computed.citedRuns ?? []))],
        caveats: [...report.caveats, ...begins, ...shifted],
      }
    },
  }
}

function shiftedCaveat(parameters: EconomicsParameters): Finding {
  const figure = createFigures(parameters, 'data: the latest work before the question')
  const label = 'Nothing happened in the last closed week; this is the week of the latest work, from'
  return figure('caveat.period_shifted', label, parameters.period.from, 'date', { kind: 'event' })
}
