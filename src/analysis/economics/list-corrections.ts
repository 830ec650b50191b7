import type { ItemList } from '../../attribution/item-days/item-list.ts'
import type { CorrectionFact, WorkItemFact } from '../../domain/facts.ts'
import { addToGroup } from './add-to-group.ts'
import { isTimeDimension, NOT_GIVEN, textOf, timeValue, valueOfRun } from './item-dimensions.ts'
import { type Bounds, isWithin } from './parameters.ts'
import { correctedRun } from './spend-entries.ts'

export interface MadeCorrection {
  item: WorkItemFact
  correction: CorrectionFact
}

export interface CorrectionGroup {
  value: string
  made: MadeCorrection[]
}

/** Corrections made inside the bounds, the latest first. */
export function listCorrections(items: ItemList, bounds: Bounds): MadeCorrection[] {
  const made: MadeCorrection[] = []
  for (const item of items) {
    if (item.corrections === 0) continue
    for (const correction of item.overrides) {
      if (isWithin(correction.occurredAt, bounds)) made.push({ item, correction })
    }
  }
  return made.sort(
    (a, b) =>
      b.correction.occurredAt.getTime() - a.correction.occurredAt.getTime() ||
      (a.correction.id < b.correction.id ? -1 : 1),
  )
}

/** Each correction in one group; the largest first, days in order of time. */
export function groupCorrections(
  made: readonly MadeCorrection[],
  dimension: string,
  timeZone: string,
): CorrectionGroup[] {
  const groups = new Map<string, MadeCorrection[]>()
  for (const one of made) {
    const value = valueOfCorrection(one, dimension, timeZone) ?? NOT_GIVEN
    addToGroup(groups, value, one)
  }
  const byName = (a: CorrectionGroup, b: CorrectionGroup) => (a.value < b.value ? -1 : 1)
  return [...groups]
    .map(([value, members]) => ({ value, made: members }))
    .sort((a, b) => (isTimeDimension(dimension) ? byName(a, b) : b.made.length - a.made.length || byName(a, b)))
}

/** By rule, actor, reason, change of decision, or any dimension of the item or of the run that was corrected. */
function valueOfCorrection({ item, correction }: MadeCorrection, dimension: string, timeZone: string): string | null {
  if (dimension === 'rule') return correction.rule
  if (dimension === 'actor') return correction.actor
  if (dimension === 'reason') return correction.reason
  if (dimension === 'decision') return `${correction.agentDecision} → ${correction.humanDecision}`
  if (Object.hasOwn(item.attributes, dimension)) return textOf(item.attributes[dimension])
  if (dimension === 'workflow') return item.workflow
  if (isTimeDimension(dimension)) return timeValue(correction.occurredAt, dimension, timeZone)
  return valueOfRun(correctedRun(item, correction) ?? undefined, dimension)
}
