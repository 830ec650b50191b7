import type { ModelUse, RunFact, WorkItemFact } from '../../domain/facts.ts'
import { OUTCOME_STATUSES } from '../../domain/outcome.ts'
import type { AttributeValue } from '../../domain/span.ts'
import { writeCell } from './cell.ts'
import { createDictionary, packTexts } from './dictionary.ts'
import { type Numbers, packNullable, packNumbers, packStarts } from './numbers.ts'
import { type PackableItem, startOfUtcDay } from './packable-item.ts'

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

/** What nearly every analysis reads: items, their runs and model uses, outcomes, and corrections without words. */
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
    'item.idStart': ids.starts,
    'item.status': packNumbers(facts.map((fact) => ITEM_STATUSES.indexOf(fact.status))),
    'item.flags': packNumbers(
      facts.map((fact) => REOPENED * Number(fact.reopened) + FIRST_TRY * Number(fact.firstTry)),
    ),
    'item.started': packNumbers(facts.map((fact) => fact.startedAt.getTime() - start)),
    'item.closed': packNullable(facts.map((fact) => fact.closedAt && fact.closedAt.getTime() - start)),
    'item.value': packNullable(facts.map((fact) => fact.valueMicros)),
    'item.run': packStarts(facts.map((fact) => fact.runs.length)),
    'item.outcome': packStarts(facts.map((fact) => fact.outcomes.length)),
    'item.override': packStarts(facts.map((fact) => fact.overrides.length)),
  }
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
    'run.use': packStarts(runs.map((run) => run.models.length)),
    'run.modelCost': packNumbers(runs.map((run) => run.modelCostMicros)),
    'run.toolCost': packNullable(runs.map((run) => run.toolCostMicros)),
    'run.priced': packNumbers(runs.map((run) => run.pricedCalls)),
    'run.unpriced': packNumbers(runs.map((run) => run.unpricedCalls)),
    'run.calls': packNumbers(runs.map((run) => run.usage.calls)),
    'run.withoutUsage': packNumbers(runs.map((run) => run.usage.callsWithoutUsage)),
    'run.input': packNullable(runs.map((run) => run.usage.inputTokens)),
    'run.cached': packNullable(runs.map((run) => run.usage.cachedInputTokens)),
    'run.cacheWrite': packNullable(runs.map((run) => run.usage.cacheWriteTokens)),
    'run.output': packNullable(runs.map((run) => run.usage.outputTokens)),
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
    'outcome.at': packNumbers(outcomes.map((outcome) => outcome.occurredAt.getTime() - start)),
    'override.at': packNumbers(overrides.map((override) => override.occurredAt.getTime() - start)),
    'override.minutes': packNullable(overrides.map((override) => override.minutes)),
    'override.trace': traces.codes(),
    'override.run': packNullable(facts.flatMap(placesOfCorrectedRuns)),
  }
}

/** Among the runs of the item; null where a correction names no run of it. */
function placesOfCorrectedRuns({ runs, overrides }: WorkItemFact): (number | null)[] {
  return overrides.map(({ traceId }) => {
    const place = traceId === null ? -1 : runs.findIndex((run) => run.traceId === traceId)
    return place < 0 ? null : place
  })
}
