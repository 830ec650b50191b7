import type { ItemList } from '../../attribution/item-days/item-list.ts'
import type { WorkItemFact } from '../../domain/facts.ts'
import { addDays, type Period } from '../../domain/period.ts'
import { DAY_KIND } from './day-kind.ts'
import { groupItems } from './group-items.ts'
import { dimensionNamed, NOT_GIVEN, valueOfItem } from './item-dimensions.ts'
import { costPerResolved, totalItems } from './item-totals.ts'
import type { EconomicsParameters } from './parameters.ts'
import { closedWithin, filterItems } from './select-items.ts'

/** One of the two sets of items that are compared. */
export interface Side {
  name: string
  segment: Record<string, string>
  period: Period
  items: ItemList
}

/** Fewer items than this are not picked as the dearest or the cheapest segment. */
const LEAST_ITEMS = 5
export const THE_REST = 'all others'

/**
 * The two sides of "why is X more expensive than Y?", X first. With a dimension (`groupBy`, else the only filter): X is its
 * value among the filters, Y is `text`, or every other value; "X vs Y" in one filter names both. Without a value: the
 * dearest against the cheapest. Without a dimension: the period against the one it is compared with.
 */
export function chooseSides(all: ItemList, parameters: EconomicsParameters, text: string | null): [Side, Side] | null {
  const names = Object.keys(parameters.filters)
  const named = parameters.groupBy ?? (names.length === 1 ? names[0]! : null)
  if (named === null) return periodsOf(all, parameters)
  const dimension = dimensionNamed(named, all)
  const { [named]: asked = null, ...others } = parameters.filters
  const items = filterItems(all, { ...parameters, filters: others })
  const cohort = closedWithin(items, parameters.bounds)
  const values = valuesAsked(asked, text)
  return values.length === 0
    ? extremesOf(cohort, dimension, parameters)
    : valuesOf(cohort, dimension, values, parameters)
}

/** `TX`, or both sides where a filter says "TX vs CA" (or "TX, CA"). */
function valuesAsked(asked: string | null, text: string | null): string[] {
  if (asked === null) return splitSides(text)
  const both = splitSides(asked)
  return both.length === 2 ? both : text ? [asked, text] : [asked]
}

function splitSides(text: string | null): string[] {
  if (!text) return []
  const parts = text.split(/\s*(?:\||,|\bvs\.?\b|\bversus\b|\bthan\b)\s*/i).filter((part) => part !== '')
  return parts.length === 2 ? parts : []
}

function valuesOf(
  cohort: ItemList,
  dimension: string,
  [first, second]: string[],
  parameters: EconomicsParameters,
): [Side, Side] {
  const valueIn = (item: WorkItemFact) => valueOfItem(item, dimension, parameters.timeZone) ?? NOT_GIVEN
  const isEqual = (a: string, b: string) => a.toLowerCase() === b.toLowerCase()
  const side = (name: string, items: ItemList): Side => ({
    ...{ name: nameOfSide(dimension, name), segment: name === THE_REST ? {} : { [dimension]: name } },
    ...{ period: parameters.period, items },
  })
  const left = cohort.filter((item) => isEqual(valueIn(item), first!))
  const right = cohort.filter((item) =>
    second === undefined ? !isEqual(valueIn(item), first!) : isEqual(valueIn(item), second),
  )
  return [side(first!, left), side(second ?? THE_REST, right)]
}

function extremesOf(cohort: ItemList, dimension: string, parameters: EconomicsParameters): [Side, Side] | null {
  const ranked = groupItems(cohort, dimension, parameters.timeZone)
    .map((group) => ({ ...group, cost: costPerResolved(totalItems(group.items)) }))
    .filter((group) => group.cost !== null && group.items.length >= LEAST_ITEMS)
    .sort((a, b) => b.cost! - a.cost! || (a.value < b.value ? -1 : 1))
  const [dearest, cheapest] = [ranked[0], ranked.at(-1)]
  if (!dearest || !cheapest || dearest === cheapest) return null
  const side = ({ value, items }: { value: string; items: ItemList }): Side => ({
    ...{ name: nameOfSide(dimension, value), segment: { [dimension]: value }, period: parameters.period, items },
  })
  return [side(dearest), side(cheapest)]
}

/** "true" says nothing without its dimension; a workflow or a kind of days speaks for itself. */
function nameOfSide(dimension: string, value: string): string {
  return value === THE_REST || dimension === 'workflow' || dimension === DAY_KIND ? value : `${dimension} ${value}`
}

function periodsOf(all: ItemList, parameters: EconomicsParameters): [Side, Side] {
  const items = filterItems(all, parameters)
  const { period, comparison, bounds, comparisonBounds } = parameters
  const nameOf = (one: Period) => `${one.from} to ${addDays(one.to, -1)}`
  return [
    { name: nameOf(period), segment: {}, period, items: closedWithin(items, bounds) },
    { name: nameOf(comparison), segment: {}, period: comparison, items: closedWithin(items, comparisonBounds) },
  ]
}
