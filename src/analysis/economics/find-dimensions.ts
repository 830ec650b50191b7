import type { AttributeValue } from '../../domain/span.ts'
import { textOf } from './item-dimensions.ts'

/** More different values than this are no segments that anyone reads. */
const MOST_VALUES = 50
/** With fewer items a value, on average, the attribute names items rather than segments. */
const LEAST_ITEMS_A_VALUE = 5
const MOST_EXAMPLES = 5

/**
 * `segment`: splits the work into parts that can be compared; `same_as_another`: says what another attribute says already;
 * `constant`: all items have one value; `too_many_values`: names, ids, amounts.
 */
export type DimensionRole = 'segment' | 'same_as_another' | 'constant' | 'too_many_values'

/** One attribute of a workflow's items, as they arrived. */
export interface FoundDimension {
  name: string
  type: 'boolean' | 'number' | 'text' | 'mixed'
  /** Different values. */
  cardinality: number
  /** Items that carry it, 0 to 1. */
  share: number
  /** Most frequent values, with how many items have each. */
  values: { value: string; items: number }[]
  /** Attributes of which each value goes with one value of this one only: "state" determines "country". */
  determinedBy: string[]
  /** The attribute that splits the items in the very same way. */
  sameAs: string | null
  role: DimensionRole
}

/**
 * The dimensions that the attributes of a workflow's items make: type, cardinality, and which determine which. Segments
 * first, then by name; the order of the items does not matter.
 */
export function findDimensions(items: readonly Readonly<Record<string, AttributeValue>>[]): FoundDimension[] {
  const columns = new Map<string, (string | null)[]>()
  const types = new Map<string, Set<string>>()
  for (const [index, attributes] of items.entries()) {
    for (const [name, value] of Object.entries(attributes)) {
      const column = columns.get(name) ?? new Array<string | null>(items.length).fill(null)
      column[index] = textOf(value)
      columns.set(name, column)
      types.set(name, (types.get(name) ?? new Set()).add(typeof value))
    }
  }
  const names = [...columns.keys()].sort()
  const counted = names.map((name) => ({ name, column: columns.get(name)!, counts: countValues(columns.get(name)!) }))
  const roles = new Map(counted.map(({ name, counts }) => [name, roleOf(counts, items.length)]))
  const splitting = counted.filter(({ name }) => roles.get(name) === 'segment')
  return counted
    .map(({ name, column, counts }): FoundDimension => {
      const others = roles.get(name) === 'segment' ? splitting.filter((other) => other.name !== name) : []
      const determinedBy = others.filter((other) => determines(other.column, column)).map((other) => other.name)
      // Of attributes that determine one another the first by name stands for them.
      const same = determinedBy.find((other) => other < name && determines(column, columns.get(other)!)) ?? null
      const ranked = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
      return {
        name,
        type: typeOf(types.get(name)!),
        cardinality: counts.size,
        share: items.length === 0 ? 0 : column.filter((value) => value !== null).length / items.length,
        values: ranked.slice(0, MOST_EXAMPLES).map(([value, count]) => ({ value, items: count })),
        determinedBy,
        sameAs: same,
        role: same === null ? roles.get(name)! : 'same_as_another',
      }
    })
    .sort((a, b) => Number(b.role === 'segment') - Number(a.role === 'segment') || (a.name < b.name ? -1 : 1))
}

/** The names of those that split the work into segments. */
export function segmentNames(dimensions: readonly FoundDimension[]): string[] {
  return dimensions.filter((dimension) => dimension.role === 'segment').map((dimension) => dimension.name)
}

function countValues(column: readonly (string | null)[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const value of column) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1)
  return counts
}

function roleOf(counts: ReadonlyMap<string, number>, items: number): DimensionRole {
  const carried = [...counts.values()].reduce((sum, count) => sum + count, 0)
  if (counts.size > MOST_VALUES || (counts.size > 2 && carried < counts.size * LEAST_ITEMS_A_VALUE)) {
    return 'too_many_values'
  }
  // Given for some of the items and not for others is a difference too.
  return counts.size + (carried < items ? 1 : 0) < 2 ? 'constant' : 'segment'
}

function determines(from: readonly (string | null)[], to: readonly (string | null)[]): boolean {
  const images = new Map<string | null, string | null>()
  for (const [index, value] of from.entries()) {
    const image = to[index] ?? null
    if (images.has(value) && images.get(value) !== image) return false
    images.set(value, image)
  }
  return true
}

function typeOf(types: ReadonlySet<string>): FoundDimension['type'] {
  if (types.size > 1) return 'mixed'
  const [type] = types
  return type === 'boolean' || type === 'number' ? type : 'text'
}
