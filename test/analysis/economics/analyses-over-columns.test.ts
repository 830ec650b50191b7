import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { EconomicsParameters } from '../../../src/analysis/economics/parameters.ts'
import { computeExplanation } from '../../../src/analysis/explain-change/compute-explanation.ts'
import type { ItemList } from '../../../src/attribution/item-days/item-list.ts'
import { packFacts } from '../../support/pack-facts.ts'
import { plainFact } from '../../support/plain-fact.ts'
import { arbitraryItems } from './arbitrary-items.ts'
import { ANALYSES } from './economics-analyses.ts'
import { CLAIMS, makeParameters } from './make-items.ts'

const OVER_COLUMNS: [string, (items: ItemList, parameters: EconomicsParameters) => object][] = [
  ...ANALYSES,
  ['explain change', explain],
]

/** With the names of the table's items, in place of the items themselves. */
function explain(items: ItemList, parameters: EconomicsParameters): object {
  const { table, ...explanation } = computeExplanation(items, [], parameters, '2026-11-02')
  return { ...explanation, table: { ...table, items: Array.from(table.items, (item) => item.workItemId) } }
}

const parametersOf = fc
  .record({
    groupBy: fc.constantFrom(undefined, 'region', 'model', 'promptVersion', 'agentName', 'workflow', 'week', 'missing'),
    workflow: fc.constantFrom('claims', undefined),
    filters: fc.constantFrom(undefined, { region: 'TX' }, { model: 'gpt-4.1' }, { region: '(not given)' }),
  })
  .map((plan) => {
    const given = Object.fromEntries(Object.entries(plan).filter(([, value]) => value !== undefined))
    const workflows = [{ ...CLAIMS, baseline: { kind: 'bpo' as const, costPerUnit: 4.5 } }]
    const parameters = makeParameters(given, [...workflows, { name: 'tickets', unit: 'ticket' }])
    return plan.workflow === undefined ? { ...parameters, workflow: null } : parameters
  })

/** What the corrections of generated items cost. */
const RATE_MICROS = 48_000_000

describe.each(OVER_COLUMNS)('%s', (_name, compute) => {
  it('answers from packed days to the last bit as it does from facts', () => {
    fc.assert(
      fc.property(arbitraryItems, parametersOf, (items, parameters) => {
        const [packed, loose] = [items.filter((_, index) => index % 4 > 0), items.filter((_, index) => index % 4 === 0)]
        const views = packFacts(packed, RATE_MICROS, loose)
        expect(compute(views, parameters)).toEqual(compute(Array.from(views, plainFact), parameters))
      }),
      { numRuns: 25 },
    )
  })
})
