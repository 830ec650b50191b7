import fc from 'fast-check'
import { expect, it } from 'vitest'
import { createRateTable, type Side, sumSides, variancesOf } from '../../../src/analysis/explain-change/rate-table.ts'
import { partOf } from '../../../src/analysis/shifts/part-of.ts'
import type { WorkItemFact } from '../../../src/domain/facts.ts'
import { arbitraryItems } from '../economics/arbitrary-items.ts'

const METRICS = ['attempts', 'tokens_per_call', 'resolution_rate', 'override_rate'] as const

it('sums a segment, the rest and what each was compared with as a look at the items one by one does, to the last bit', () => {
  fc.assert(
    fc.property(
      arbitraryItems,
      fc.constantFrom(...METRICS),
      fc.nat(4),
      fc.nat(1),
      (items, metric, modulus, compared) => {
        const third = Math.ceil(items.length / 3)
        const periods = [items.slice(0, third), items.slice(third, 2 * third), items.slice(2 * third)]
        const [now, ...history] = periods as [WorkItemFact[], WorkItemFact[], WorkItemFact[]]
        const places = new Map(items.map((item, place) => [item, place]))
        const isInside = (place: number) => place % (modulus + 2) === 0
        const has = (item: WorkItemFact) => isInside(places.get(item)!)
        const sideOf = (some: readonly WorkItemFact[]): Side => {
          const parts = some.map((item) => partOf(metric, item))
          const sum = (read: (part: (typeof parts)[number]) => number) =>
            parts.reduce((total, one) => total + read(one), 0)
          return {
            size: some.length,
            numerator: sum((one) => one.numerator),
            denominator: sum((one) => one.denominator),
          }
        }
        const varianceOf = (some: readonly WorkItemFact[]): number => {
          const { numerator, denominator } = sideOf(some)
          const squares = some.reduce((total, item) => {
            const part = partOf(metric, item)
            return total + (part.numerator - (numerator / denominator) * part.denominator) ** 2
          }, 0)
          return Math.max(squares, 0.25) / denominator ** 2
        }
        const past = history.flat()
        const not = (item: WorkItemFact) => !has(item)
        const groups = [now.filter(has), past.filter(has), now.filter(not), past.filter(not)]

        const table = createRateTable(metric, now, history, compared)
        const { sides, compared: old } = sumSides(table, isInside)
        expect(sides).toEqual(groups.map(sideOf))
        expect({ size: expect.any(Number), ...old }).toEqual(sideOf(history[compared]!.filter(has)))
        expect(variancesOf(table, isInside, sides)).toEqual(groups.map(varianceOf))
      },
    ),
  )
})
