import type { AttributeValue } from '../../domain/span.ts'
import type { Cell } from './cell.ts'
import { readTexts, type Texts } from './dictionary.ts'
import { mainModelOf } from './main-model-of.ts'
import { asNullable, type NullableNumbers, type Numbers } from './numbers.ts'
import { startOfUtcDay } from './packable-item.ts'

/** The values that an attribute has on a day, and for each item which of them, from 1; 0: the item has no such attribute. */
export interface AttributeColumn {
  values: AttributeValue[]
  codes: Numbers
}

/**
 * The figures of one packed day as columns. Instants are milliseconds after the day's start; a list of starts (`run`,
 * `use` …) has one entry more than its owners, so that the parts of owner i are those from starts[i] to starts[i + 1].
 */
export class DayFigures {
  readonly workflow: string
  readonly day: string
  /** Milliseconds since 1970. */
  readonly start: number
  readonly size: number
  readonly bytes: number
  readonly id: Texts
  readonly status: Numbers
  readonly flags: Numbers
  readonly started: Numbers
  readonly closed: NullableNumbers
  readonly value: NullableNumbers
  readonly run: Numbers
  readonly outcome: Numbers
  readonly override: Numbers
  readonly attributes: ReadonlyMap<string, AttributeColumn>

  readonly runStarted: Numbers
  readonly runAttempt: Numbers
  readonly runFlags: Numbers
  readonly runStatus: Numbers
  readonly runUse: Numbers
  readonly runModelCost: Numbers
  readonly runToolCost: NullableNumbers
  readonly runPriced: Numbers
  readonly runUnpriced: Numbers
  readonly runCalls: Numbers
  readonly runWithoutUsage: Numbers
  readonly runInput: NullableNumbers
  readonly runCached: NullableNumbers
  readonly runCacheWrite: NullableNumbers
  readonly runOutput: NullableNumbers
  readonly runReasoning: NullableNumbers
  readonly runAgentName: Numbers
  readonly runAgentVersion: Numbers
  readonly runPromptVersion: Numbers
  readonly agentNames: string[]
  readonly agentVersions: string[]
  readonly promptVersions: string[]

  readonly useModel: Numbers
  readonly useProvider: Numbers
  readonly useCalls: Numbers
  readonly useUnpriced: Numbers
  readonly useInput: NullableNumbers
  readonly useOutput: NullableNumbers
  readonly useCost: Numbers
  readonly models: string[]
  readonly providers: string[]

  readonly outcomeStatus: Numbers
  readonly outcomeAt: Numbers
  readonly overrideAt: Numbers
  readonly overrideMinutes: NullableNumbers
  readonly overrideTrace: Numbers
  /** The run that the correction names, by its place among the item's. */
  readonly overrideRun: NullableNumbers
  readonly correctedTraces: string[]
  #firstModels: Uint16Array | null = null

  constructor(workflow: string, day: string, cell: Cell) {
    this.workflow = workflow
    this.day = day
    const nullable = (name: string) => asNullable(cell.column(name))
    this.start = startOfUtcDay(day)
    this.bytes = cell.bytes
    this.id = readTexts(cell.column('item.id'), cell.column('item.idStart'))
    this.status = cell.column('item.status')
    this.size = this.status.length
    this.flags = cell.column('item.flags')
    this.started = cell.column('item.started')
    this.closed = nullable('item.closed')
    this.value = nullable('item.value')
    this.run = cell.column('item.run')
    this.outcome = cell.column('item.outcome')
    this.override = cell.column('item.override')
    this.attributes = new Map(
      cell
        .list<string>('attributes')
        .map((name, index) => [
          name,
          { values: cell.list<AttributeValue>(`attribute.${index}`), codes: cell.column(`attribute.${index}`) },
        ]),
    )
    this.runStarted = cell.column('run.started')
    this.runAttempt = cell.column('run.attempt')
    this.runFlags = cell.column('run.flags')
    this.runStatus = cell.column('run.status')
    this.runUse = cell.column('run.use')
    this.runModelCost = cell.column('run.modelCost')
    this.runToolCost = nullable('run.toolCost')
    this.runPriced = cell.column('run.priced')
    this.runUnpriced = cell.column('run.unpriced')
    this.runCalls = cell.column('run.calls')
    this.runWithoutUsage = cell.column('run.withoutUsage')
    this.runInput = nullable('run.input')
    this.runCached = nullable('run.cached')
    this.runCacheWrite = nullable('run.cacheWrite')
    this.runOutput = nullable('run.output')
    this.runReasoning = nullable('run.reasoning')
    this.runAgentName = cell.column('run.agentName')
    this.runAgentVersion = cell.column('run.agentVersion')
    this.runPromptVersion = cell.column('run.promptVersion')
    this.agentNames = cell.list('agentName')
    this.agentVersions = cell.list('agentVersion')
    this.promptVersions = cell.list('promptVersion')
    this.useModel = cell.column('use.model')
    this.useProvider = cell.column('use.provider')
    this.useCalls = cell.column('use.calls')
    this.useUnpriced = cell.column('use.unpriced')
    this.useInput = nullable('use.input')
    this.useOutput = nullable('use.output')
    this.useCost = cell.column('use.cost')
    this.models = cell.list('models')
    this.providers = cell.list('providers')
    this.outcomeStatus = cell.column('outcome.status')
    this.outcomeAt = cell.column('outcome.at')
    this.overrideAt = cell.column('override.at')
    this.overrideMinutes = nullable('override.minutes')
    this.overrideRun = nullable('override.run')
    this.overrideTrace = cell.column('override.trace')
    this.correctedTraces = cell.list('correctedTraces')
  }

  /** The main model of each item's first run, as a code into `models` from 1; 0: it has none. Worked out once. */
  get firstModels(): Numbers {
    this.#firstModels ??= Uint16Array.from({ length: this.size }, (_, row) =>
      this.run[row] === this.run[row + 1] ? 0 : mainModelOf(this, this.run[row]!),
    )
    return this.#firstModels
  }
}
