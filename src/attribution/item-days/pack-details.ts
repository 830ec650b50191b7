import type { RunFact, WorkItemFact } from '../../domain/facts.ts'
import { WASTE_CLASSES } from '../../domain/facts.ts'
import type { AttributeValue } from '../../domain/span.ts'
import type { RunDetail } from '../../store/queries/run-fact-rows.ts'
import { countsName, writeCell } from './cell.ts'
import { createDictionary, packTexts } from './dictionary.ts'
import { packNullable, packNumbers } from './numbers.ts'
import { startOfUtcDay } from './packable-item.ts'
import { codeSteps } from './step-columns.ts'

/** The parts that only some analyses read, each in a cell of its own. */
export function packDetails(facts: readonly WorkItemFact[], day: string): Record<RunDetail, Uint8Array> {
  const runs = facts.flatMap((fact) => fact.runs)
  return {
    steps: packSteps(runs),
    documents: packDocuments(runs),
    tools: packLists(runs.map((run) => run.tools)),
    waste: packWaste(runs),
    record: packRecord(facts, day),
    traces: packTraces(runs),
    corrections: packCorrections(facts),
  }
}

function packSteps(runs: readonly RunFact[]): Uint8Array {
  const steps = runs.flatMap((run) => run.steps)
  const [names, kinds, models] = [createDictionary<string>(), createDictionary<string>(), createDictionary<string>()]
  for (const step of steps) {
    names.add(step.name)
    kinds.add(step.kind)
    models.add(step.model)
  }
  return writeCell(
    { names: names.list, kinds: kinds.list, models: models.list },
    {
      [countsName('run')]: packNumbers(runs.map((run) => run.steps.length)),
      ...codeSteps({
        ...{ name: names.codes(), kind: kinds.codes(), model: models.codes() },
        calls: packNumbers(steps.map((step) => step.calls)),
        failed: packNumbers(steps.map((step) => step.failed)),
        input: packNullable(steps.map((step) => step.inputTokens)),
        cost: packNumbers(steps.map((step) => step.costMicros)),
      }),
    },
  )
}

function packDocuments(runs: readonly RunFact[]): Uint8Array {
  const documents = runs.flatMap((run) => run.documents)
  const ids = createDictionary<string>()
  for (const document of documents) ids.add(document.id)
  return writeCell(
    { ids: ids.list },
    {
      [countsName('run')]: packNumbers(runs.map((run) => run.documents.length)),
      id: ids.codes(),
      retrieved: packNumbers(documents.map((document) => document.retrieved)),
      used: packNullable(documents.map(({ used }) => (used === null ? null : Number(used)))),
      tokens: packNullable(documents.map(({ tokens }) => tokens ?? null)),
    },
  )
}

/** Lists of names, of which there are few different ones. */
function packLists(lists: readonly (readonly string[])[]): Uint8Array {
  const values = createDictionary<readonly string[]>()
  for (const list of lists) values.add(list)
  return writeCell({ lists: values.list }, { list: values.codes() })
}

function packWaste(runs: readonly RunFact[]): Uint8Array {
  const columns = WASTE_CLASSES.filter((name) => runs.some((run) => run.waste[name] !== undefined))
  return writeCell(
    { classes: columns },
    Object.fromEntries(columns.map((name) => [name, packNullable(runs.map((run) => run.waste[name] ?? null))])),
  )
}

function packRecord(facts: readonly WorkItemFact[], day: string): Uint8Array {
  const start = startOfUtcDay(day)
  const runs = facts.flatMap((fact) => fact.runs)
  const [decisions, rules] = [createDictionary<string>(), createDictionary<string[]>()]
  const attributes = createDictionary<Record<string, AttributeValue>>()
  for (const run of runs) {
    decisions.add(run.decision)
    rules.add(run.rules)
    attributes.add(run.workItemAttributes)
  }
  return writeCell(
    { decisions: decisions.list, rules: rules.list, attributes: attributes.list },
    {
      decision: decisions.codes(),
      rules: rules.codes(),
      attributes: attributes.codes(),
      ended: packNullable(runs.map((run) => run.endedAt && run.endedAt.getTime() - start)),
      known: packNumbers(runs.map((run) => run.knownFrom.getTime() - start)),
      unexplained: packNullable(runs.map((run) => run.unexplainedTokens)),
    },
  )
}

function packTraces(runs: readonly RunFact[]): Uint8Array {
  const ids = packTexts(runs.map((run) => run.traceId))
  return writeCell({}, { id: ids.bytes, [countsName('idStart')]: ids.lengths })
}

const CORRECTION_TEXTS = ['agentDecision', 'humanDecision', 'reason', 'rule', 'actor'] as const

/** The words of people, apart: where they are not asked for they are not read. */
function packCorrections(facts: readonly WorkItemFact[]): Uint8Array {
  const overrides = facts.flatMap((fact) => fact.overrides)
  const columns = CORRECTION_TEXTS.map((name) => {
    const texts = createDictionary<string>()
    for (const override of overrides) texts.add(override[name])
    return { name, texts }
  })
  const ids = packTexts(overrides.map((override) => override.id))
  return writeCell(Object.fromEntries(columns.map(({ name, texts }) => [name, texts.list])), {
    id: ids.bytes,
    [countsName('idStart')]: ids.lengths,
    ...Object.fromEntries(columns.map(({ name, texts }) => [name, texts.codes()])),
  })
}
