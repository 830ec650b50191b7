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
  const resolved = items.filter((item) => item.status === 'resolved')
  const valued = resolved.filter((item) => item.valueMicros !== null)
  if (valued.length > 0 && valued.length * 2 > resolved.length) {
    const sum = valued.reduce((total, item) => total + item.valueMicros!, 0)
    return { micros: sum / valued.length, from: `mean value of ${valued.length} outcomes` }
  }
  const worth = unitWorth(workflow?.baseline)
  if (worth === null) return null
  return {
    micros: worth,
    from: workflow!.baseline!.kind === 'revenue' ? 'revenue of a unit' : 'cost without the agent',
  }
}
