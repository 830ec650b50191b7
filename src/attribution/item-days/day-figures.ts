import type { MicroDollars } from '../../domain/money.ts'
import type { AttributeValue } from '../../domain/span.ts'
import type { Cell } from './cell.ts'
import { readTexts, type Texts } from './dictionary.ts'
import { itemCosts } from './item-costs.ts'
import { mainModelOf } from './main-model-of.ts'
import {
  asNullable,
  type NullableNumbers,
  type Numbers,
  narrow,
  nullableAt,
  pick,
  subtract,
  sumKnownParts,
  sumParts,
} from './numbers.ts'
import { startOfUtcDay } from './packable-item.ts'

/** The values that an attribute has on a day, and for each item which of them, from 1; 0: the item has no such attribute. */
export interface AttributeColumn {
  values: AttributeValue[]
  codes: Numbers
}

/** A run, about: five sums, starts, and its part of what its item cost. */
const BYTES_WORKED_OUT = 22

/**
 * The figures of one packed day as columns. Instants are milliseconds after the day's start; a list of starts (`run`,
 * `use` …) has one entry more than its owners, so that the parts of owner i are those from starts[i] to starts[i + 1].
 * What other columns tell is worked out when it is first asked for.
 */
export class DayFigures {
  readonly workflow: string
  readonly day: string
  /** Milliseconds since 1970. */
  readonly start: number
  readonly size: number
  /** With what is worked out. */
  readonly bytes: number
  readonly status: Numbers
  readonly flags: Numbers
  readonly closed: NullableNumbers
  readonly run: Numbers
  readonly outcome: Numbers
  readonly override: Numbers
  readonly attributes: ReadonlyMap<string, AttributeColumn>

  readonly runStarted: Numbers
  readonly runAttempt: Numbers
  readonly runFlags: Numbers
  readonly runStatus: Numbers
  readonly runUse: Numbers
  readonly runToolCost: NullableNumbers
  readonly runWithoutUsage: Numbers
  readonly runCached: NullableNumbers
  readonly runCacheWrite: NullableNumbers
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
  readonly overrideAt: Numbers
  readonly overrideMinutes: NullableNumbers
  readonly overrideTrace: Numbers
  /** The run that the correction names, by its place among the item's. */
  readonly overrideRun: NullableNumbers
  readonly correctedTraces: string[]

  readonly #cell: Cell
  #id: Texts | null = null
  #started: Numbers | null = null
  #value: NullableNumbers | null = null
  #runModelCost: Numbers | null = null
  #runPriced: Numbers | null = null
  #runUnpriced: Numbers | null = null
  #runCalls: Numbers | null = null
  #runInput: NullableNumbers | null = null
  #runOutput: NullableNumbers | null = null
  #outcomeAt: Numbers | null = null
  #firstModels: Numbers | null = null
  #costs: { rateMicros: MicroDollars | null; costs: Numbers } | null = null

  constructor(workflow: string, day: string, cell: Cell) {
    this.workflow = workflow
    this.day = day
    this.#cell = cell
    const nullable = (name: string) => asNullable(cell.column(name))
    this.start = startOfUtcDay(day)
    this.status = cell.column('item.status')
    this.size = this.status.length
    this.flags = cell.column('item.flags')
    this.closed = nullable('item.closed')
    this.run = cell.starts('item.run')
    this.outcome = cell.starts('item.outcome')
    this.override = cell.starts('item.override')
    this.attributes = new Map(
      cell
        .list<string>('attributes')
        .map((name, index) => [
          name,
          { values: cell.list<AttributeValue>(`attribute.${index}`), codes: cell.column(`attribute.${index}`) },
        ]),
    )
    this.runStarted = cell.column('run.started')
    this.bytes = cell.bytes + BYTES_WORKED_OUT * this.runStarted.length
    this.runAttempt = cell.column('run.attempt')
    this.runFlags = cell.column('run.flags')
    this.runStatus = cell.column('run.status')
    this.runUse = cell.starts('run.use')
    this.runToolCost = nullable('run.toolCost')
    this.runWithoutUsage = cell.column('run.withoutUsage')
    this.runCached = nullable('run.cached')
    this.runCacheWrite = nullable('run.cacheWrite')
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
    this.overrideAt = cell.column('override.at')
    this.overrideMinutes = nullable('override.minutes')
    this.overrideRun = nullable('override.run')
    this.overrideTrace = cell.column('override.trace')
    this.correctedTraces = cell.list('correctedTraces')
  }

  get id(): Texts {
    this.#id ??= readTexts(this.#cell.column('item.id'), this.#cell.starts('item.idStart'))
    return this.#id
  }
  /** The first of its runs where the packed day says nothing else. */
  get started(): Numbers {
    this.#started ??= this.#columnOr('item.started', () => pick(this.runStarted, this.run, this.size))
    return this.#started
  }
  get value(): NullableNumbers {
    this.#value ??= asNullable(this.#cell.column('item.value'))
    return this.#value
  }
  get runModelCost(): Numbers {
    this.#runModelCost ??= this.#columnOr('run.modelCost', () => sumParts(this.runUse, this.useCost))
    return this.#runModelCost
  }
  get runPriced(): Numbers {
    this.#runPriced ??= this.#columnOr('run.priced', () => subtract(this.runCalls, this.runUnpriced))
    return this.#runPriced
  }
  get runUnpriced(): Numbers {
    this.#runUnpriced ??= this.#columnOr('run.unpriced', () => sumParts(this.runUse, this.useUnpriced))
    return this.#runUnpriced
  }
  get runCalls(): Numbers {
    this.#runCalls ??= this.#columnOr('run.calls', () => sumParts(this.runUse, this.useCalls))
    return this.#runCalls
  }
  get runInput(): NullableNumbers {
    this.#runInput ??= this.#nullableOr('run.input', () => sumKnownParts(this.runUse, this.useInput))
    return this.#runInput
  }
  get runOutput(): NullableNumbers {
    this.#runOutput ??= this.#nullableOr('run.output', () => sumKnownParts(this.runUse, this.useOutput))
    return this.#runOutput
  }
  get outcomeAt(): Numbers {
    this.#outcomeAt ??= this.#columnOr('outcome.at', () => outcomeTimes(this, this.#cell))
    return this.#outcomeAt
  }
  /** The main model of each item's first run, as a code into `models` from 1; 0: it has none. */
  get firstModels(): Numbers {
    this.#firstModels ??= firstModelsOf(this)
    return this.#firstModels
  }

  /** The known cost of each item, with corrections at that rate; kept for the rate that was asked for last. */
  costsAt(rateMicros: MicroDollars | null): Numbers {
    if (this.#costs?.rateMicros !== rateMicros) this.#costs = { rateMicros, costs: itemCosts(this, rateMicros) }
    return this.#costs.costs
  }

  #columnOr(name: string, work: () => Numbers): Numbers {
    return this.#cell.has(name) ? this.#cell.column(name) : work()
  }

  #nullableOr(name: string, work: () => NullableNumbers): NullableNumbers {
    return this.#cell.has(name) ? asNullable(this.#cell.column(name)) : work()
  }
}

function outcomeTimes({ outcome, closed, size }: DayFigures, cell: Cell): Numbers {
  const earlier = cell.column('outcome.earlier')
  const times = new Float64Array(outcome[size]!)
  let [next, latest, isWhole] = [0, 0, true]
  for (let row = 0; row < size; row++) {
    const end = nullableAt(closed, row)
    const last = outcome[row + 1]! - 1
    for (let index = outcome[row]!; index <= last; index++) {
      const time = index === last && end !== null ? end : earlier[next++]!
      times[index] = time
      if (time > latest) latest = time
      isWhole &&= Number.isInteger(time) && time >= 0
    }
  }
  return isWhole ? narrow(times, latest) : times
}

function firstModelsOf(figures: DayFigures): Numbers {
  const { size, run } = figures
  const models = figures.models.length <= 0xff ? new Uint8Array(size) : new Uint16Array(size)
  for (let row = 0; row < size; row++) if (run[row] !== run[row + 1]) models[row] = mainModelOf(figures, run[row]!)
  return models
}
