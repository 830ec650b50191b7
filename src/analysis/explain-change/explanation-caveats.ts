import type { WorkItemFact } from '../../domain/facts.ts'
import type { Finding } from '../../domain/finding.ts'
import { spentWithin } from '../economics/compute-spend.ts'
import { dataCaveats } from '../economics/data-caveats.ts'
import { totalItems } from '../economics/item-totals.ts'
import type { ItemView } from '../economics/load-items.ts'
import { type EconomicsParameters, isWithin } from '../economics/parameters.ts'
import { closedWithin, filterItems } from '../economics/select-items.ts'
import { totalSpend } from '../economics/spend-entries.ts'

/** Of a rate, which is one of closed items: how many are open or were reopened since; of spend, what of it has a price. */
export function explanationCaveats(
  all: readonly WorkItemFact[],
  parameters: EconomicsParameters,
  view: ItemView,
): Finding[] {
  if (view === 'cohort') {
    const own = filterItems(all, parameters)
    return dataCaveats(own, totalItems(closedWithin(own, parameters.bounds)), parameters)
  }
  const entries = spentWithin(all, parameters, 'period')
  const items = [...new Set(entries.map((entry) => entry.item))]
  const runs = items.flatMap((item) => item.runs.filter((run) => isWithin(run.startedAt, parameters.bounds)))
  const counts = { attempts: runs.length, runsWithEstimatedUsage: runs.filter((run) => run.usageEstimated).length }
  return dataCaveats(items, { ...totalSpend(entries), ...counts }, parameters, 'spend')
}
