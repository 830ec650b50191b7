import { addDays } from '../../domain/period.ts'
import { computeSpread } from './compute-spread.ts'
import { createItemAnalysis } from './create-item-analysis.ts'

/** The same input may have been run weeks before the period. */
const WEEKS_BACK = 12

export const spreadAnalysis = createItemAnalysis({
  name: 'spread',
  title: 'Spread of cost for the same work',
  description:
    'How much the same work varies in cost, and where the dearest and the cheapest run of the same input part.',
  example: 'how much does the cost of the same request vary?',
  view: 'cohort',
  withoutComparison: true,
  compute: computeSpread,
  loadFrom: (period) => addDays(period.from, -7 * WEEKS_BACK),
})
