import type { Reading } from './read-question.ts'
import type { FilterMention } from './recognise-filters.ts'
import type { WorkflowMention } from './recognise-workflow.ts'

/** Two things set against one another: the first is what the question is about, `other` what it is measured by. */
export interface Sides {
  dimension: string
  value: string
  /** Another value of the dimension, or `others` for all the rest. */
  other: string
}

const THE_REST =
  /\b(?:than|vs|versus|against|and|or|compared? (?:to|with)) (?:all )?(?:the |those |ones |claims |tickets |items |it is |\w+ )?(?:without(?: it| them| any| one)?|with none|others?|the others?|rest|the rest|everything else|average|the average|remaining|normal ones|ordinary ones|other ones)(?: \w+)?$/

/** The two sides of a comparison of segments, models or workflows; null where fewer or more are named. */
export function recogniseSides(
  { text, original }: Pick<Reading, 'text' | 'original'>,
  filters: readonly FilterMention[],
  workflows: readonly WorkflowMention[],
): Sides | null {
  const names = [...new Set(workflows.map((workflow) => workflow.name))]
  if (names.length === 2) return { dimension: 'workflow', value: names[0]!, other: names[1]! }
  for (const dimension of new Set(filters.map((filter) => filter.dimension))) {
    const values = [
      ...new Set(filters.filter((filter) => filter.dimension === dimension).map((filter) => filter.value)),
    ]
    if (values.length === 2) return { dimension, value: values[0]!, other: values[1]! }
  }
  const last = filters.at(-1)
  // "than in CA", where no item of CA is known: the other side has nothing, and the answer says so.
  const code = last && /\bthan (?:in |for |on |of |with )?([A-Z]{2,4}|v\d+)\b\W*$/.exec(original)
  if (last && code && code[1] !== last.value) return { dimension: last.dimension, value: last.value, other: code[1]! }
  return last && THE_REST.test(text) ? { dimension: last.dimension, value: last.value, other: 'others' } : null
}
