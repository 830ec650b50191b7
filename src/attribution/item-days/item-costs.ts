import type { MicroDollars } from '../../domain/money.ts'
import { correctionCost } from '../../domain/override.ts'
import type { DayFigures } from './day-figures.ts'
import { type Numbers, narrow, nullableAt } from './numbers.ts'

/** The known cost of each item of a day, in micro-dollars: runs, tools and corrections at an hourly rate (null: not known). */
export function itemCosts(figures: DayFigures, rateMicros: MicroDollars | null): Numbers {
  const { run, override, runModelCost, runToolCost, overrideMinutes } = figures
  const costs = new Float64Array(figures.size)
  let [highest, isWhole] = [0, true]
  for (let row = 0; row < costs.length; row++) {
    let cost = 0
    for (let index = run[row]!; index < run[row + 1]!; index++) {
      cost += runModelCost[index]! + (nullableAt(runToolCost, index) ?? 0)
    }
    for (let index = override[row]!; index < override[row + 1]!; index++) {
      cost += correctionCost(nullableAt(overrideMinutes, index), rateMicros) ?? 0
    }
    costs[row] = cost
    if (cost > highest) highest = cost
    isWhole &&= Number.isInteger(cost) && cost >= 0
  }
  return isWhole ? narrow(costs, highest) : costs
}
