import type { CorrectionFact } from '../../domain/facts.ts'
import type { MicroDollars } from '../../domain/money.ts'
import { correctionCost } from '../../domain/override.ts'
import { type DayReading, detailOf } from './day-reading.ts'
import { nullableAt } from './numbers.ts'

/** One correction; its words are there only where `corrections` was asked for. */
export class CorrectionView implements CorrectionFact {
  readonly #reading: DayReading
  readonly #index: number

  constructor(reading: DayReading, index: number) {
    this.#reading = reading
    this.#index = index
  }

  get occurredAt(): Date {
    return new Date(this.#reading.figures.start + this.#reading.figures.overrideAt[this.#index]!)
  }
  get minutes(): number | null {
    return nullableAt(this.#reading.figures.overrideMinutes, this.#index)
  }
  get costMicros(): MicroDollars | null {
    return correctionCost(this.minutes, this.#reading.rateMicros)
  }
  get traceId(): string | null {
    const code = this.#reading.figures.overrideTrace[this.#index]!
    return code === 0 ? null : this.#reading.figures.correctedTraces[code - 1]!
  }
  /** The run that it names, by its place among the item's runs; null where it names none of them. */
  get placeOfRun(): number | null {
    return nullableAt(this.#reading.figures.overrideRun, this.#index)
  }
  get id(): string {
    return detailOf(this.#reading, 'corrections').id(this.#index)
  }
  get agentDecision(): string {
    return detailOf(this.#reading, 'corrections').text('agentDecision', this.#index)!
  }
  get humanDecision(): string {
    return detailOf(this.#reading, 'corrections').text('humanDecision', this.#index)!
  }
  get reason(): string {
    return detailOf(this.#reading, 'corrections').text('reason', this.#index)!
  }
  get rule(): string | null {
    return detailOf(this.#reading, 'corrections').text('rule', this.#index)
  }
  get actor(): string {
    return detailOf(this.#reading, 'corrections').text('actor', this.#index)!
  }
}
