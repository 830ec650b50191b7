import type { DayFigures } from './day-figures.ts'
import { nullableAt } from './numbers.ts'

/** The model of a run that `mainModel` names, as a code into the day's models from 1; 0: the run called none. */
export function mainModelOf(figures: DayFigures, run: number): number {
  const { runUse, useModel, useCalls, useUnpriced, useCost, useInput, useOutput, models } = figures
  const [from, to] = [runUse[run]!, runUse[run + 1]!]
  if (to - from < 2) return to === from ? 0 : useModel[from]!
  let isPriced = true
  for (let use = from; use < to; use++) if (useUnpriced[use] !== 0) isPriced = false
  const weightOf = (use: number) =>
    isPriced ? useCost[use]! : (nullableAt(useInput, use) ?? 0) + (nullableAt(useOutput, use) ?? 0)
  let main = from
  for (let use = from + 1; use < to; use++) {
    const lead = weightOf(use) - weightOf(main) || useCalls[use]! - useCalls[main]!
    if (lead > 0 || (lead === 0 && models[useModel[use]! - 1]! < models[useModel[main]! - 1]!)) main = use
  }
  return useModel[main]!
}
