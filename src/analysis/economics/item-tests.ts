import type { DayReading } from '../../attribution/item-days/day-reading.ts'
import { ItemView } from '../../attribution/item-days/item-view.ts'
import { nullableAt } from '../../attribution/item-days/numbers.ts'
import { ITEM_STATUSES } from '../../attribution/item-days/pack-figures.ts'
import type { WorkItemFact } from '../../domain/facts.ts'
import { CLOSING_STATUSES, type OutcomeStatus } from '../../domain/outcome.ts'
import { type Bounds, isTimeWithin, isWithin } from './parameters.ts'

/** Whether an item is meant: of those of a packed day by its columns, which are looked up once. */
export interface ItemTest {
  onDay(reading: DayReading): (row: number) => boolean
  onFact(item: WorkItemFact): boolean
}

export const HAS_RUN: ItemTest = {
  onDay({ figures: { run } }) {
    return (row) => run[row] !== run[row + 1]
  },
  onFact: (item) => item.runs.length > 0,
}

export const WAS_WORKED_ON: ItemTest = {
  onDay({ figures: { run, override } }) {
    return (row) => run[row] !== run[row + 1] || override[row] !== override[row + 1]
  },
  onFact: (item) => item.runs.length > 0 || item.corrections > 0,
}

export const IS_CLOSED = isClosedWithin({ from: new Date(-8.64e15), to: new Date(8.64e15) })

/** By the code of a status in packed days. */
const IS_CLOSING = ITEM_STATUSES.map((status) => CLOSING_STATUSES.includes(status as OutcomeStatus))

export function isClosedWithin(bounds: Bounds): ItemTest {
  const [from, to] = [bounds.from.getTime(), bounds.to.getTime()]
  return {
    onDay({ figures: { closed, status, start } }) {
      return (row) => {
        const at = nullableAt(closed, row)
        return at !== null && start + at >= from && start + at < to && IS_CLOSING[status[row]!]!
      }
    },
    onFact(item) {
      const at = item.closedAt?.getTime() ?? Number.NaN
      return at >= from && at < to && CLOSING_STATUSES.includes(item.status as OutcomeStatus)
    },
  }
}

export function startedWithin(bounds: Bounds): ItemTest {
  return {
    onDay({ figures: { run, runStarted, start } }) {
      return (row) => {
        for (let index = run[row]!; index < run[row + 1]!; index++) {
          if (isTimeWithin(start + runStarted[index]!, bounds)) return true
        }
        return false
      }
    },
    onFact: (item) => item.runs.some((run) => isWithin(run.startedAt, bounds)),
  }
}

export function bothOf(one: ItemTest, other: ItemTest): ItemTest {
  return {
    onDay(reading) {
      const [isOne, isOther] = [one.onDay(reading), other.onDay(reading)]
      return (row) => isOne(row) && isOther(row)
    },
    onFact: (item) => one.onFact(item) && other.onFact(item),
  }
}

export function not({ onDay, onFact }: ItemTest): ItemTest {
  return {
    onDay(reading) {
      const isSo = onDay(reading)
      return (row) => !isSo(row)
    },
    onFact: (item) => !onFact(item),
  }
}

/** Resolved inside the bounds and reopened later. */
export function restatedWithin(bounds: Bounds): ItemTest {
  const onFact = ({ outcomes }: WorkItemFact) => {
    const resolved = outcomes.findIndex((one) => one.status === 'resolved' && isWithin(one.occurredAt, bounds))
    return resolved >= 0 && outcomes.slice(resolved + 1).some((one) => one.status === 'reopened')
  }
  return {
    onFact,
    onDay(reading) {
      const { outcome } = reading.figures
      // One outcome is no two.
      return (row) => outcome[row + 1]! - outcome[row]! > 1 && onFact(new ItemView(reading, row))
    },
  }
}
