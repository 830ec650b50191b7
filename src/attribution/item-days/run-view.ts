import type { DocumentUse, ModelUse, RunFact, StepUse, WasteClass } from '../../domain/facts.ts'
import type { MicroDollars } from '../../domain/money.ts'
import type { AttributeValue, SpanStatus } from '../../domain/span.ts'
import type { UsageTotals } from '../../domain/usage.ts'
import { type DayReading, detailOf } from './day-reading.ts'
import { mainModelOf } from './main-model-of.ts'
import { nullableAt } from './numbers.ts'
import { ATTEMPT_INFERRED, RUN_STATUSES, USAGE_ESTIMATED } from './pack-figures.ts'

/** The fact of one run, worked out from its day's columns when it is read. Made anew by each reading of its item's runs. */
export class RunView implements RunFact {
  readonly reading: DayReading
  /** Its place among the day's runs, and its item's among the day's items. */
  readonly run: number
  readonly item: number

  constructor(reading: DayReading, run: number, item: number) {
    this.reading = reading
    this.run = run
    this.item = item
  }

  get traceId(): string {
    return detailOf(this.reading, 'traces').at(this.run)
  }
  get workflow(): string {
    return this.reading.figures.workflow
  }
  get workItemId(): string {
    return this.reading.figures.id.at(this.item)
  }
  get attempt(): number {
    return this.reading.figures.runAttempt[this.run]!
  }
  get attemptInferred(): boolean {
    return (this.reading.figures.runFlags[this.run]! & ATTEMPT_INFERRED) !== 0
  }
  get usageEstimated(): boolean {
    return (this.reading.figures.runFlags[this.run]! & USAGE_ESTIMATED) !== 0
  }
  get status(): SpanStatus {
    return RUN_STATUSES[this.reading.figures.runStatus[this.run]!]!
  }
  get agentName(): string | null {
    const { runAgentName, agentNames } = this.reading.figures
    return nameOf(agentNames, runAgentName[this.run]!)
  }
  get agentVersion(): string | null {
    const { runAgentVersion, agentVersions } = this.reading.figures
    return nameOf(agentVersions, runAgentVersion[this.run]!)
  }
  get promptVersion(): string | null {
    const { runPromptVersion, promptVersions } = this.reading.figures
    return nameOf(promptVersions, runPromptVersion[this.run]!)
  }
  /** Milliseconds since 1970. */
  get startTime(): number {
    return this.reading.figures.start + this.reading.figures.runStarted[this.run]!
  }
  get startedAt(): Date {
    return new Date(this.reading.figures.start + this.reading.figures.runStarted[this.run]!)
  }
  get modelCostMicros(): MicroDollars {
    return this.reading.figures.runModelCost[this.run]!
  }
  get toolCostMicros(): MicroDollars | null {
    return nullableAt(this.reading.figures.runToolCost, this.run)
  }
  get pricedCalls(): number {
    return this.reading.figures.runPriced[this.run]!
  }
  get unpricedCalls(): number {
    return this.reading.figures.runUnpriced[this.run]!
  }
  get usage(): UsageTotals {
    const { figures } = this.reading
    return {
      calls: figures.runCalls[this.run]!,
      callsWithoutUsage: figures.runWithoutUsage[this.run]!,
      inputTokens: nullableAt(figures.runInput, this.run),
      cachedInputTokens: nullableAt(figures.runCached, this.run),
      cacheWriteTokens: nullableAt(figures.runCacheWrite, this.run),
      outputTokens: nullableAt(figures.runOutput, this.run),
      reasoningTokens: nullableAt(figures.runReasoning, this.run),
    }
  }
  /** The model that cost most; null where it called none. */
  get mainModel(): string | null {
    return nameOf(this.reading.figures.models, mainModelOf(this.reading.figures, this.run))
  }
  get models(): ModelUse[] {
    const { figures } = this.reading
    const uses: ModelUse[] = []
    for (let use = figures.runUse[this.run]!; use < figures.runUse[this.run + 1]!; use++) {
      uses.push({
        model: figures.models[figures.useModel[use]! - 1]!,
        provider: nameOf(figures.providers, figures.useProvider[use]!),
        calls: figures.useCalls[use]!,
        unpricedCalls: figures.useUnpriced[use]!,
        inputTokens: nullableAt(figures.useInput, use),
        outputTokens: nullableAt(figures.useOutput, use),
        costMicros: figures.useCost[use]!,
      })
    }
    return uses
  }
  get steps(): StepUse[] {
    return detailOf(this.reading, 'steps').at(this.run)
  }
  get documents(): DocumentUse[] {
    return detailOf(this.reading, 'documents').at(this.run)
  }
  get tools(): string[] {
    return detailOf(this.reading, 'tools').at(this.run)
  }
  get waste(): Partial<Record<WasteClass, MicroDollars>> {
    return detailOf(this.reading, 'waste').at(this.run)
  }
  get endedAt(): Date | null {
    const ended = detailOf(this.reading, 'record').ended(this.run)
    return ended === null ? null : new Date(this.reading.figures.start + ended)
  }
  get knownFrom(): Date {
    return new Date(this.reading.figures.start + detailOf(this.reading, 'record').known(this.run))
  }
  get unexplainedTokens(): number | null {
    return detailOf(this.reading, 'record').unexplained(this.run)
  }
  get workItemAttributes(): Record<string, AttributeValue> {
    return detailOf(this.reading, 'record').attributes(this.run)
  }
  get decision(): string | null {
    return detailOf(this.reading, 'record').decision(this.run)
  }
  get rules(): string[] {
    return detailOf(this.reading, 'record').rules(this.run)
  }
}

const nameOf = (names: readonly string[], code: number): string | null => (code === 0 ? null : names[code - 1]!)
