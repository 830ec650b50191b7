import type { ChangeEvent } from '../../domain/change-event.ts'
import type { ItemRow } from '../why/item-row.ts'
import type { Segment } from '../why/segment.ts'

const MOST_NAMED = 12
/** Shorter values ("a", "1") are found in any text. */
const SHORTEST_VALUE = 2

/**
 * Segments that change events name, by their attributes (`{promptVersion: "v14"}`) or by a value that stands as a word in
 * their description. They are few, so they are tested first, with a share of the error budget of their own.
 */
export function namedSegments(changes: readonly ChangeEvent[], rows: readonly ItemRow[]): Segment[] {
  if (changes.length === 0) return []
  const values = valuesByDimension(rows)
  const found = new Map<string, Segment>()
  for (const change of changes) {
    const words = new Set(change.description.toLowerCase().split(/[^\p{L}\p{N}._-]+/u))
    for (const [dimension, known] of values) {
      const given = change.attributes[dimension]
      for (const value of known) {
        const isNamed =
          String(given) === value ||
          (value.length >= SHORTEST_VALUE && !isBoolean(value) && words.has(value.toLowerCase()))
        if (isNamed) found.set(`${dimension}=${value}`, { [dimension]: value })
      }
    }
  }
  return [...found.values()].slice(0, MOST_NAMED)
}

function isBoolean(value: string): boolean {
  return value === 'true' || value === 'false'
}

function valuesByDimension(rows: readonly ItemRow[]): Map<string, Set<string>> {
  const values = new Map<string, Set<string>>()
  for (const row of rows) {
    for (const dimension in row.dimensions) {
      const value = row.dimensions[dimension]!
      if (value === null) continue
      const known = values.get(dimension)
      if (known) known.add(value)
      else values.set(dimension, new Set([value]))
    }
  }
  return values
}
