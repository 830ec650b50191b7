import type { ItemList } from '../../attribution/item-days/item-list.ts'
import { nullableAt } from '../../attribution/item-days/numbers.ts'
import type { MicroDollars } from '../../domain/money.ts'
import type { Workflow } from '../../domain/workflow.ts'
import { unitWorth } from './baseline-findings.ts'
import { eachDay } from './each-day.ts'
import { RESOLVED } from './read-cohort.ts'

export interface UnitValue {
  micros: MicroDollars
  /** Where the value comes from, for a label. */
  from: string
}

/**
 * What a resolved item is worth: the mean value that outcomes gave, where most resolved items have one; else the revenue
 * or the cost without the agent that the workflow's baseline states. Null where neither is known.
 */
export function unitValue(items: ItemList, workflow: Workflow | null): UnitValue | null {
  let [resolved, valued, sum] = [0, 0, 0]
  const add = (value: number | null) => {
    resolved++
    if (value === null) return
    valued++
    sum += value
  }
  eachDay(items, {
    rows(rows, from, to, { figures: { status, value } }) {
      for (let place = from; place < to; place++) {
        const row = rows[place]!
        if (status[row] === RESOLVED) add(nullableAt(value, row))
      }
    },
    fact(item) {
      if (item.status === 'resolved') add(item.valueMicros)
    },
  })
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
