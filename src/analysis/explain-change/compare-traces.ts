import type { StepUse, WorkItemFact } from '../../domain/facts.ts'
import type { TableSpec } from '../../domain/finding.ts'
import { toDollars } from '../../domain/money.ts'

export interface TraceComparison {
  table: TableSpec
  /** What differs between the worst item now and the typical one before, each a sentence; the plainest first. */
  differences: string[]
}

const MOST_STEPS = 8
const MOST_DIFFERENCES = 3

interface Column {
  title: string
  item: WorkItemFact
  steps: Map<string, { calls: number; failed: number; tokens: number; micros: number; models: Set<string> }>
  unused: string[]
  retrieved: number
}

/**
 * Work items step by step beside one another: attempts, each step's calls, tokens and dollars, documents that were retrieved
 * and not used, corrections. Steps that one has and another has not show as added or gone. Needs the steps and documents of runs.
 */
export function compareTraces(items: readonly { title: string; item: WorkItemFact }[]): TraceComparison {
  const columns = items.map(({ title, item }) => columnOf(title, item))
  const weight = (name: string) =>
    columns.reduce((most, column) => Math.max(most, column.steps.get(name)?.micros ?? 0), 0)
  const names = [...new Set(columns.flatMap((column) => [...column.steps.keys()]))]
    .sort((a, b) => weight(b) - weight(a) || (a < b ? -1 : 1))
    .slice(0, MOST_STEPS)
  const rows = [
    ['Attempts', ...columns.map(({ item }) => String(item.attempts))],
    ['Cost', ...columns.map(({ item }) => `$${toDollars(item.totalMicros).toFixed(2)}`)],
    ...names.map((name) => [name, ...columns.map(({ steps }) => sayStep(steps.get(name)))]),
    ['Documents retrieved', ...columns.map(({ retrieved }) => String(retrieved))],
    ['Retrieved, not used', ...columns.map(({ unused }) => (unused.length === 0 ? 'none' : unused.join(', ')))],
    ['Corrected by people', ...columns.map(({ item }) => sayCorrections(item))],
  ]
  return {
    table: {
      title: 'Step by step: what differs',
      columns: [
        { label: 'Step', unit: 'text' },
        ...columns.map(({ title }) => ({ label: title, unit: 'text' as const })),
      ],
      rows,
    },
    differences: differencesOf(columns.at(-1), columns[0], names),
  }
}

function columnOf(title: string, item: WorkItemFact): Column {
  const steps: Column['steps'] = new Map()
  const documents = new Map<string, boolean | null>()
  for (const run of item.runs) {
    for (const step of run.steps) addStep(steps, step)
    for (const { id, used } of run.documents) {
      const known = documents.get(id)
      documents.set(id, known === true || used === true ? true : (used ?? known ?? null))
    }
  }
  const unused = [...documents].filter(([, used]) => used === false).map(([id]) => id)
  return { title, item, steps, unused: unused.sort(), retrieved: documents.size }
}

function addStep(steps: Column['steps'], step: StepUse): void {
  const known = steps.get(step.name) ?? { calls: 0, failed: 0, tokens: 0, micros: 0, models: new Set<string>() }
  known.calls += step.calls
  known.failed += step.failed
  known.tokens += step.inputTokens ?? 0
  known.micros += step.costMicros
  if (step.model) known.models.add(step.model)
  steps.set(step.name, known)
}

function sayStep(step: ReturnType<Column['steps']['get']>): string {
  if (!step) return 'not there'
  return [
    `${step.calls}×`,
    step.failed > 0 ? `${step.failed} failed` : '',
    step.tokens > 0 ? `${step.tokens.toLocaleString('en-US')} tokens in` : '',
    [...step.models].sort().join(' and '),
    step.micros > 0 ? `$${toDollars(step.micros).toFixed(2)}` : '',
  ]
    .filter(Boolean)
    .join(', ')
}

function sayCorrections({ overrides }: WorkItemFact): string {
  const rules = [...new Set(overrides.flatMap((one) => one.rule ?? []))].sort().join(', ')
  return overrides.length === 0 ? 'no' : `${overrides.length}×${rules ? ` (${rules})` : ''}`
}

function differencesOf(worst: Column | undefined, typical: Column | undefined, names: readonly string[]): string[] {
  if (!worst || !typical || worst === typical) return []
  const [now, before] = [worst.item, typical.item]
  const found: string[] = []
  const times = (count: number) => (count === 1 ? 'once' : `${count} times`)
  if (now.attempts !== before.attempts) {
    found.push(`${now.workItemId} took ${attempts(now.attempts)}, ${before.workItemId} ${before.attempts}`)
  }
  const newlyUnused = worst.unused.filter((id) => !typical.unused.includes(id))
  if (newlyUnused.length > 0) {
    found.push(
      `${newlyUnused.slice(0, 3).join(', ')} ${newlyUnused.length === 1 ? 'was' : 'were'} retrieved and not used`,
    )
  }
  for (const name of names) {
    const [step, old] = [worst.steps.get(name), typical.steps.get(name)]
    const models = (one: typeof step) => [...(one?.models ?? [])].sort().join(' and ')
    if (step && !old) found.push(`“${name}” is new, run ${times(step.calls)}`)
    else if (!step && old) found.push(`“${name}” is gone`)
    else if (step && old && models(step) !== models(old)) {
      found.push(`“${name}” ran on ${models(step)} in place of ${models(old)}`)
    } else if (step && old && step.calls > old.calls && now.attempts === before.attempts) {
      found.push(`“${name}” ran ${times(step.calls)}, not ${times(old.calls)}`)
    }
  }
  if (now.corrections > 0 && before.corrections === 0) found.push('a person had to correct it')
  return found.slice(0, MOST_DIFFERENCES)
}

function attempts(count: number): string {
  return `${count} ${count === 1 ? 'attempt' : 'attempts'}`
}
