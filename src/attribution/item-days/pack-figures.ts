import type { ModelUse, OutcomeStep, RunFact, WorkItemFact } from '../../domain/facts.ts'
import { OUTCOME_STATUSES } from '../../domain/outcome.ts'
import type { AttributeValue } from '../../domain/span.ts'
import { countsName, writeCell } from './cell.ts'
import { createDictionary, packTexts } from './dictionary.ts'
import { type Numbers, packNullable, packNumbers } from './numbers.ts'
import { type PackableItem, startOfUtcDay } from './packable-item.ts'
import { packRunSums } from './run-sums.ts'

export const ITEM_STATUSES = ['open', ...OUTCOME_STATUSES] as const
export const RUN_STATUSES = ['ok', 'error', 'abandoned', 'unset'] as const

/** Bits of an item's flags. */
export const REOPENED = 1
export const FIRST_TRY = 2

/** Bits of a run's flags. */
export const ATTEMPT_INFERRED = 1
export const USAGE_ESTIMATED = 2

type Columns = Record<string, Numbers>
type Lists = Record<string, unknown[]>

/**
 * What nearly every analysis reads: items, their runs and model uses, outcomes, and corrections without words. A column that
 * others of the day tell throughout is left out, and worked out from them when it is read (`DayFigures`).
 */
export function packFigures(facts: readonly WorkItemFact[], day: string): Uint8Array {
  const start = startOfUtcDay(day)
  const lists: Lists = {}
  const runs = facts.flatMap((fact) => fact.runs)
  const columns: Columns = {
    ...packItems(facts, start),
    ...packAttributes(facts, lists),
    ...packRuns(runs, start, lists),
    ...packUses(runs, lists),
    ...packEvents(facts, start, lists),
  }
  return writeCell(lists, columns)
}

/** When the facts hold: read only where a question is asked from a standpoint that some of the day lies after. */
export function packLatest(items: readonly PackableItem[], day: string): Uint8Array {
  const start = startOfUtcDay(day)
  const seconds = (instant: number) => Math.ceil((instant - start) / 1000)
  return writeCell(
    {},
    {
      earliest: packNumbers(items.map((item) => item.earliest - start)),
      latest: packNumbers(items.map((item) => seconds(item.latest))),
      recorded: packNumbers(items.map((item) => seconds(item.recorded))),
    },
  )
}

function packItems(facts: readonly WorkItemFact[], start: number): Columns {
  const ids = packTexts(facts.map((fact) => fact.workItemId))
  return {
    'item.id': ids.bytes,
    [countsName('item.idStart')]: ids.lengths,
    'item.status': packNumbers(facts.map((fact) => ITEM_STATUSES.indexOf(fact.status))),
    'item.flags': packNumbers(
      facts.map((fact) => REOPENED * Number(fact.reopened) + FIRST_TRY * Number(fact.firstTry)),
    ),
    ...(facts.every(startsWithFirstRun)
      ? {}
      : { 'item.started': packNumbers(facts.map((fact) => fact.startedAt.getTime() - start)) }),
    'item.closed': packNullable(facts.map((fact) => fact.closedAt && fact.closedAt.getTime() - start)),
    'item.value': packNullable(facts.map((fact) => fact.valueMicros)),
    [countsName('item.run')]: packNumbers(facts.map((fact) => fact.runs.length)),
    [countsName('item.outcome')]: packNumbers(facts.map((fact) => fact.outcomes.length)),
    [countsName('item.override')]: packNumbers(facts.map((fact) => fact.overrides.length)),
  }
}

function startsWithFirstRun({ runs, startedAt }: WorkItemFact): boolean {
  return runs[0]?.startedAt.getTime() === startedAt.getTime()
}

function packAttributes(facts: readonly WorkItemFact[], lists: Lists): Columns {
  const names = [...new Set(facts.flatMap((fact) => Object.keys(fact.attributes)))].sort()
  lists.attributes = names
  const columns: Columns = {}
  for (const [index, name] of names.entries()) {
    const values = createDictionary<AttributeValue>()
    for (const { attributes } of facts) values.add(Object.hasOwn(attributes, name) ? attributes[name] : null)
    lists[`attribute.${index}`] = values.list
    columns[`attribute.${index}`] = values.codes()
  }
  return columns
}

function packRuns(runs: readonly RunFact[], start: number, lists: Lists): Columns {
  const columns: Columns = {
    'run.started': packNumbers(runs.map((run) => run.startedAt.getTime() - start)),
    'run.attempt': packNumbers(runs.map((run) => run.attempt)),
    'run.flags': packNumbers(
      runs.map((run) => ATTEMPT_INFERRED * Number(run.attemptInferred) + USAGE_ESTIMATED * Number(run.usageEstimated)),
    ),
    'run.status': packNumbers(runs.map((run) => RUN_STATUSES.indexOf(run.status))),
    [countsName('run.use')]: packNumbers(runs.map((run) => run.models.length)),
    ...packRunSums(runs),
    'run.toolCost': packNullable(runs.map((run) => run.toolCostMicros)),
    'run.withoutUsage': packNumbers(runs.map((run) => run.usage.callsWithoutUsage)),
    'run.cached': packNullable(runs.map((run) => run.usage.cachedInputTokens)),
    'run.cacheWrite': packNullable(runs.map((run) => run.usage.cacheWriteTokens)),
    'run.reasoning': packNullable(runs.map((run) => run.usage.reasoningTokens)),
  }
  for (const name of ['agentName', 'agentVersion', 'promptVersion'] as const) {
    const values = createDictionary<string>()
    for (const run of runs) values.add(run[name])
    lists[name] = values.list
    columns[`run.${name}`] = values.codes()
  }
  return columns
}

function packUses(runs: readonly RunFact[], lists: Lists): Columns {
  const uses: ModelUse[] = runs.flatMap((run) => run.models)
  const [models, providers] = [createDictionary<string>(), createDictionary<string>()]
  for (const use of uses) {
    models.add(use.model)
    providers.add(use.provider)
  }
  lists.models = models.list
  lists.providers = providers.list
  return {
    'use.model': models.codes(),
    'use.provider': providers.codes(),
    'use.calls': packNumbers(uses.map((use) => use.calls)),
    'use.unpriced': packNumbers(uses.map((use) => use.unpricedCalls)),
    'use.input': packNullable(uses.map((use) => use.inputTokens)),
    'use.output': packNullable(uses.map((use) => use.outputTokens)),
    'use.cost': packNumbers(uses.map((use) => use.costMicros)),
  }
}

/** What a correction cost is not kept: the hourly rate is the one that holds when a question is asked. */
function packEvents(facts: readonly WorkItemFact[], start: number, lists: Lists): Columns {
  const outcomes = facts.flatMap((fact) => fact.outcomes)
  const overrides = facts.flatMap((fact) => fact.overrides)
  const traces = createDictionary<string>()
  for (const override of overrides) traces.add(override.traceId)
  lists.correctedTraces = traces.list
  return {
    'outcome.status': packNumbers(outcomes.map((outcome) => OUTCOME_STATUSES.indexOf(outcome.status))),
    ...packOutcomeTimes(facts, start),
    'override.at': packNumbers(overrides.map((override) => override.occurredAt.getTime() - start)),
    'override.minutes': packNullable(overrides.map((override) => override.minutes)),
    'override.trace': traces.codes(),
    'override.run': packNullable(facts.flatMap(placesOfCorrectedRuns)),
  }
}

/** When the last outcome of a closed item took effect the item says itself. */
function packOutcomeTimes(facts: readonly WorkItemFact[], start: number): Columns {
  const isTold = facts.every(({ outcomes, closedAt }) => !closedAt || isAt(outcomes.at(-1), closedAt))
  const left = isTold ? facts.map(({ outcomes, closedAt }) => (closedAt ? outcomes.slice(0, -1) : outcomes)) : null
  const times = (left ?? facts.map((fact) => fact.outcomes)).flat().map((one) => one.occurredAt.getTime() - start)
  return { [left ? 'outcome.earlier' : 'outcome.at']: packNumbers(times) }
}

const isAt = (outcome: OutcomeStep | undefined, at: Date) => outcome?.occurredAt.getTime() === at.getTime()

/** Among the runs of the item; null where a correction names no run of it. */
function placesOfCorrectedRuns({ runs, overrides }: WorkItemFact): (number | null)[] {
  return overrides.map(({ traceId }) => {
    const place = traceId === null ? -1 : runs.findIndex((run) => run.traceId === traceId)
    return place < 0 ? null : place
  })
}
