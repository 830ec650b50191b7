import type { CorrectionFact, OutcomeStep, RunFact, WorkItemFact } from '../../domain/facts.ts'
import type { MicroDollars } from '../../domain/money.ts'
import { OUTCOME_STATUSES, type WorkItemStatus } from '../../domain/outcome.ts'
import { correctionCost } from '../../domain/override.ts'
import type { AttributeValue } from '../../domain/span.ts'
import { addKnown, type UsageTotals } from '../../domain/usage.ts'
import { CorrectionView } from './correction-view.ts'
import type { DayReading } from './day-reading.ts'
import { type NullableNumbers, nullableAt } from './numbers.ts'
import { FIRST_TRY, ITEM_STATUSES, REOPENED } from './pack-figures.ts'
import { RunView } from './run-view.ts'

/**
 * The fact of one item, worked out from its day's columns when it is read. Lists (`runs`, `overrides` …) are made anew by
 * each reading, so compare their members by what they say.
 */
export class ItemView implements WorkItemFact {
  readonly reading: DayReading
  readonly row: number

  constructor(reading: DayReading, row: number) {
    this.reading = reading
    this.row = row
  }

  get workflow(): string {
    return this.reading.figures.workflow
  }
  get workItemId(): string {
    return this.reading.figures.id.at(this.row)
  }
  get attributes(): Record<string, AttributeValue> {
    const attributes: Record<string, AttributeValue> = {}
    for (const [name, { values, codes }] of this.reading.figures.attributes) {
      const code = codes[this.row]!
      if (code > 0) attributes[name] = values[code - 1]!
    }
    return attributes
  }
  /** The value of one attribute; null where the item does not have it. */
  attribute(name: string): AttributeValue | null {
    const column = this.reading.figures.attributes.get(name)
    const code = column?.codes[this.row] ?? 0
    return code === 0 ? null : column!.values[code - 1]!
  }
  get status(): WorkItemStatus {
    return ITEM_STATUSES[this.reading.figures.status[this.row]!]!
  }
  get closedAt(): Date | null {
    const closed = nullableAt(this.reading.figures.closed, this.row)
    return closed === null ? null : new Date(this.reading.figures.start + closed)
  }
  get reopened(): boolean {
    return (this.reading.figures.flags[this.row]! & REOPENED) !== 0
  }
  get firstTry(): boolean {
    return (this.reading.figures.flags[this.row]! & FIRST_TRY) !== 0
  }
  get valueMicros(): MicroDollars | null {
    return nullableAt(this.reading.figures.value, this.row)
  }
  get startedAt(): Date {
    return new Date(this.reading.figures.start + this.reading.figures.started[this.row]!)
  }

  get firstRun(): number {
    return this.reading.figures.run[this.row]!
  }
  /** One after the last. */
  get endOfRuns(): number {
    return this.reading.figures.run[this.row + 1]!
  }
  get runs(): RunFact[] {
    const runs: RunFact[] = []
    for (let run = this.firstRun; run < this.endOfRuns; run++) runs.push(new RunView(this.reading, run, this.row))
    return runs
  }
  get attempts(): number {
    return this.endOfRuns === this.firstRun ? 0 : this.reading.figures.runAttempt[this.endOfRuns - 1]!
  }
  get runsMicros(): MicroDollars {
    const { runModelCost } = this.reading.figures
    let sum = 0
    for (let run = this.firstRun; run < this.endOfRuns; run++) sum += runModelCost[run]!
    return sum
  }
  get toolsMicros(): MicroDollars | null {
    return this.sumKnown(this.reading.figures.runToolCost)
  }
  get pricedCalls(): number {
    const { runPriced } = this.reading.figures
    let sum = 0
    for (let run = this.firstRun; run < this.endOfRuns; run++) sum += runPriced[run]!
    return sum
  }
  get unpricedCalls(): number {
    const { runUnpriced } = this.reading.figures
    let sum = 0
    for (let run = this.firstRun; run < this.endOfRuns; run++) sum += runUnpriced[run]!
    return sum
  }
  get usage(): UsageTotals {
    const { figures } = this.reading
    let [calls, callsWithoutUsage] = [0, 0]
    for (let run = this.firstRun; run < this.endOfRuns; run++) {
      calls += figures.runCalls[run]!
      callsWithoutUsage += figures.runWithoutUsage[run]!
    }
    return {
      calls,
      callsWithoutUsage,
      inputTokens: this.sumKnown(figures.runInput),
      cachedInputTokens: this.sumKnown(figures.runCached),
      cacheWriteTokens: this.sumKnown(figures.runCacheWrite),
      outputTokens: this.sumKnown(figures.runOutput),
      reasoningTokens: this.sumKnown(figures.runReasoning),
    }
  }

  get corrections(): number {
    return this.reading.figures.override[this.row + 1]! - this.reading.figures.override[this.row]!
  }
  get correctionsMicros(): MicroDollars | null {
    if (this.corrections === 0) return 0
    let sum: number | null = null
    for (const minutes of this.minutesOfCorrections())
      sum = addKnown(sum, correctionCost(minutes, this.reading.rateMicros))
    return sum
  }
  get unpricedCorrections(): number {
    if (this.corrections === 0) return 0
    return this.minutesOfCorrections().filter((minutes) => correctionCost(minutes, this.reading.rateMicros) === null)
      .length
  }
  get correctionMinutes(): number | null {
    return this.corrections === 0 ? 0 : this.minutesOfCorrections().reduce(addKnown, null)
  }
  get totalMicros(): MicroDollars {
    return this.reading.totals[this.row]!
  }
  get overrides(): CorrectionFact[] {
    const overrides: CorrectionFact[] = []
    for (let index = 0; index < this.corrections; index++) {
      overrides.push(new CorrectionView(this.reading, this.reading.figures.override[this.row]! + index))
    }
    return overrides
  }
  get outcomeCount(): number {
    return this.reading.figures.outcome[this.row + 1]! - this.reading.figures.outcome[this.row]!
  }
  get outcomes(): OutcomeStep[] {
    const { outcome, outcomeStatus, outcomeAt, start } = this.reading.figures
    const outcomes: OutcomeStep[] = []
    for (let index = outcome[this.row]!; index < outcome[this.row + 1]!; index++) {
      const occurredAt = new Date(start + outcomeAt[index]!)
      outcomes.push({ status: OUTCOME_STATUSES[outcomeStatus[index]!]!, occurredAt })
    }
    return outcomes
  }

  private minutesOfCorrections(): (number | null)[] {
    const { override, overrideMinutes } = this.reading.figures
    const minutes: (number | null)[] = []
    for (let index = override[this.row]!; index < override[this.row + 1]!; index++) {
      minutes.push(nullableAt(overrideMinutes, index))
    }
    return minutes
  }

  private sumKnown(column: NullableNumbers): number | null {
    let sum: number | null = null
    for (let run = this.firstRun; run < this.endOfRuns; run++) {
      const value = nullableAt(column, run)
      if (value !== null) sum = sum === null ? value : sum + value
    }
    return sum
  }
}
