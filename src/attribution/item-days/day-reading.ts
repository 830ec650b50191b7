import type { MicroDollars } from '../../domain/money.ts'
import type { RunDetail } from '../../store/queries/run-fact-rows.ts'
import type { DayDetails } from './day-details.ts'
import type { DayFigures } from './day-figures.ts'
import type { Numbers } from './numbers.ts'

/** A packed day as one question reads it: with the details that it asked for, at the hourly rate that holds now. */
export class DayReading {
  readonly figures: DayFigures
  /** What an hour of a person who corrects costs; null is unknown. */
  readonly rateMicros: MicroDollars | null
  readonly #details: DayDetails

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
    return this.figures.costsAt(this.rateMicros)
  }
}

function notLoaded(name: RunDetail): never {
  throw new Error(`"${name}" of items was not loaded: ask for it in the details`)
}

export function detailOf<Name extends RunDetail>(reading: DayReading, name: Name): NonNullable<DayDetails[Name]> {
  return reading.detail(name)
}
