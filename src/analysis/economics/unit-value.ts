import type { WorkItemFact } from '../../domain/facts.ts'
import type { MicroDollars } from '../../domain/money.ts'
import type { Workflow } from '../../domain/workflow.ts'
import { unitWorth } from './baseline-findings.ts'

export interface UnitValue {
  micros: MicroDollars
  /** Where the value comes from, for a label. */
  from: string
}

/**
 * What a resolved item is worth: the mean value that outcomes gave, where most resolved items have one; else the revenue
 * or the cost without the agent that the workflow's baseline states. Null where neither is known.
 */
export function unitValue(items: readonly WorkItemFact[], workflow: Workflow | null): UnitValue | null {
  let [resolved, valued, sum] = [0, 0, 0]
  for (const item of items) {
    if (item.status !== 'resolved') continue
    resolved++
    const value = item.valueMicros
    if (value === null) continue
    valued++
    sum += value
  }
  if (valued > 0 && valued * 2 > resolved) {
    return { micros: sum / valued, from: `mean value of ${valued} outcomes` }
  }
  const worth = unitWorth(workflow?.baseline)
  if (worth === null) return null
  return {
    micros: worth,
    from: workflow!.baseline!.kind === 'revenue' ? 'revenue of a unit' : 'cost without the agent',
  }
}
