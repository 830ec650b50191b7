import type { MicroDollars } from '../../domain/money.ts'
import { correctionCost } from '../../domain/override.ts'
import type { RunDetail } from '../../store/queries/run-fact-rows.ts'
import type { DayDetails } from './day-details.ts'
import type { DayFigures } from './day-figures.ts'
import { type Numbers, narrow, nullableAt } from './numbers.ts'

/** A packed day as one question reads it: with the details that it asked for, at the hourly rate that holds now. */
export class DayReading {
  readonly figures: DayFigures
  /** What an hour of a person who corrects costs; null is unknown. */
  readonly rateMicros: MicroDollars | null
  readonly #details: DayDetails
  #totals: Numbers | null = null

  constructor(figures: DayFigures, rateMicros: MicroDollars | null, details: DayDetails) {
    this.figures = figures
    this.rateMicros = rateMicros
    this.#details = details
  }

  /** Throws where the question did not ask for it. */
  detail<Name extends RunDetail>(name: Name): NonNullable<DayDetails[Name]> {
    return this.#details[name] ?? notLoaded(name)
  }

  /** The known cost of each item, in micro-dollars: runs, tools and corrections. */
  get totals(): Numbers {
    this.#totals ??= this.#addUp()
    return this.#totals
  }

  #addUp(): Numbers {
    const { figures, rateMicros } = this
    const { run, override, runModelCost, runToolCost, overrideMinutes } = figures
    const totals = new Float64Array(figures.size)
    let [highest, isWhole] = [0, true]
    for (let row = 0; row < totals.length; row++) {
      let total = 0
      for (let index = run[row]!; index < run[row + 1]!; index++) {
        total += runModelCost[index]! + (nullableAt(runToolCost, index) ?? 0)
      }
      for (let index = override[row]!; index < override[row + 1]!; index++) {
        total += correctionCost(nullableAt(overrideMinutes, index), rateMicros) ?? 0
      }
      totals[row] = total
      if (total > highest) highest = total
      isWhole &&= Number.isInteger(total) && total >= 0
    }
    return isWhole ? narrow(totals, highest) : totals
  }
}

function notLoaded(name: RunDetail): never {
  throw new Error(`"${name}" of items was not loaded: ask for it in the details`)
}

export function detailOf<Name extends RunDetail>(reading: DayReading, name: Name): NonNullable<DayDetails[Name]> {
  return reading.detail(name)
}
