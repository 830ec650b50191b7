import { ItemView } from '../../attribution/item-days/item-view.ts'
import type { RunFact, WorkItemFact } from '../../domain/facts.ts'
import { AGENT_DIMENSIONS, valueOfItem, valueOfRun } from '../economics/item-dimensions.ts'

/** What the item is, and how the agent worked in the run; null where not given. */
export function dimensionsOf(
  item: WorkItemFact,
  run: RunFact | undefined,
  timeZone: string,
): Record<string, string | null> {
  const dimensions = item instanceof ItemView ? packedAttributes(item) : attributesOf(item, timeZone)
  for (const name of AGENT_DIMENSIONS) dimensions[name] = valueOfRun(run, name)
  return dimensions
}

function attributesOf(item: WorkItemFact, timeZone: string): Record<string, string | null> {
  const texts: Record<string, string | null> = {}
  for (const name of Object.keys(item.attributes)) texts[name] = valueOfItem(item, name, timeZone)
  return texts
}

/** The same, from the columns of its day. */
function packedAttributes({ reading, row }: ItemView): Record<string, string | null> {
  const texts: Record<string, string | null> = {}
  for (const [name, { values, codes }] of reading.figures.attributes) {
    const code = codes[row]!
    if (code > 0) texts[name] = String(values[code - 1])
  }
  return texts
}
