import type { ChangeEvent } from '../../domain/change-event.ts'
import type { CodedTable } from '../why/coded-table.ts'
import type { Segment } from '../why/segment.ts'

const MOST_NAMED = 12
/** Shorter values ("a", "1") are found in any text. */
const SHORTEST_VALUE = 2

/**
 * Segments that change events name, by their attributes (`{promptVersion: "v14"}`) or by a value that stands as a word in
 * their description. They are few, so they are tested first, with a share of the error budget of their own.
 */
export function namedSegments(
  changes: readonly ChangeEvent[],
  { names, values }: Pick<CodedTable, 'names' | 'values'>,
): Segment[] {
  if (changes.length === 0) return []
  const found = new Map<string, Segment>()
  for (const change of changes) {
    const words = new Set(change.description.toLowerCase().split(/[^\p{L}\p{N}._-]+/u))
    for (const [index, dimension] of names.entries()) {
      const given = change.attributes[dimension]
      for (const value of values[index]!) {
        if (value === null) continue
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
