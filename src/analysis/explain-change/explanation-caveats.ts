import type { ItemList } from '../../attribution/item-days/item-list.ts'
import type { Finding } from '../../domain/finding.ts'
import { countRuns, spentWithin } from '../economics/compute-spend.ts'
import { coverageOf } from '../economics/coverage-of.ts'
import { dataCaveats } from '../economics/data-caveats.ts'
import type { ItemView } from '../economics/load-items.ts'
import type { EconomicsParameters } from '../economics/parameters.ts'
import { closedWithin, filterItems } from '../economics/select-items.ts'
import { SpendSum } from '../economics/spend-entries.ts'
import { SpentItems } from '../economics/spent-items.ts'

/** Of a rate, which is one of closed items: how many are open or were reopened since; of spend, what of it has a price. */
export function explanationCaveats(all: ItemList, parameters: EconomicsParameters, view: ItemView): Finding[] {
  if (view === 'cohort') {
    const own = filterItems(all, parameters)
    return dataCaveats(own, coverageOf(closedWithin(own, parameters.bounds)), parameters)
  }
  const sum = new SpendSum()
  const spent = new SpentItems()
  spentWithin(
    all,
    parameters,
    'period',
  )((entry) => {
    sum.add(entry)
    spent.add(entry)
  })
  const { items } = spent.build()
  return dataCaveats(items, { ...sum.totals, ...countRuns(items, parameters.bounds) }, parameters, 'spend')
}
