import { completeDecisions } from '../../domain/complete-decisions.ts'
import type { Decision, RetrievedDocument } from '../../domain/span.ts'
import type { StorySpan } from './run-entry.ts'
import { sayCount, shorten } from './say.ts'

const MOST_LISTED = 12

/** What a run's steps amount to: lines of its story, and its decisions in order of time. */
export function tellSteps(spans: readonly StorySpan[]): { lines: string[]; decisions: Decision[] } {
  const inOrder = spans.toSorted(
    (a, b) => a.startedAt.getTime() - b.startedAt.getTime() || (a.spanId < b.spanId ? -1 : 1),
  )
  const steps = inOrder.filter((span) => !span.synthetic)
  const lines = [tellDocuments(steps), tellTools(steps), tellRetries(steps), tellHandOvers(steps), tellErrors(steps)]
  return {
    lines: lines.filter((line) => line !== null),
    // A decision may sit on the span that carries a native trace's own fields, too.
    decisions: completeDecisions(inOrder).flatMap((span) => span.decision ?? []),
  }
}

function tellDocuments(steps: readonly StorySpan[]): string | null {
  const documents = new Map<string, RetrievedDocument>()
  for (const document of steps.flatMap((step) => step.documents)) {
    const known = documents.get(document.id)
    const used = known?.used || document.used || (known?.used ?? document.used ?? null)
    documents.set(document.id, { ...document, title: document.title ?? known?.title ?? null, used })
  }
  if (documents.size === 0) return null
  const name = (document: RetrievedDocument) => (document.title ? `${document.title} (${document.id})` : document.id)
  const group = (verb: string, used: boolean | null) => {
    const names = [...documents.values()].filter((document) => (document.used ?? null) === used).map(name)
    return names.length > 0 ? [`${verb} ${list(names)}`] : []
  }
  return [
    ...group('Retrieved and used', true),
    ...group('Retrieved but not used, ignored', false),
    ...group('Retrieved', null),
  ].join('. ')
}

function tellTools(steps: readonly StorySpan[]): string | null {
  const tools = new Map<string, { calls: number; failed: number }>()
  for (const step of steps) {
    const name = step.tool?.name ?? (step.kind === 'tool' ? step.name : null)
    if (name === null) continue
    const known = tools.get(name) ?? { calls: 0, failed: 0 }
    tools.set(name, { calls: known.calls + 1, failed: known.failed + (step.status === 'error' ? 1 : 0) })
  }
  const said = [...tools].map(([name, { calls, failed }]) => {
    const times = calls > 1 ? ` ${sayCount(calls, 'time')}` : ''
    return `${name}${times}${failed > 0 ? ` (${failed} failed)` : ''}`
  })
  return said.length > 0 ? `Called ${list(said)}` : null
}

function tellRetries(steps: readonly StorySpan[]): string | null {
  const retried = countBy(steps.filter((step) => step.retryOf !== null).map((step) => step.name))
  const said = [...retried].map(([name, times]) => `${name} ${sayCount(times, 'time')}`)
  return said.length > 0 ? `Retried ${list(said)}` : null
}

function tellHandOvers(steps: readonly StorySpan[]): string | null {
  const said = steps
    .filter((step) => step.kind === 'escalation' || step.kind === 'human' || step.kind === 'guardrail')
    .map((step) => `${step.kind} ${step.name}${step.status === 'error' ? ' (stopped it)' : ''}`)
  return said.length > 0 ? `Went through ${list([...new Set(said)])}` : null
}

function tellErrors(steps: readonly StorySpan[]): string | null {
  const errors = countBy(
    steps
      .filter((step) => step.status === 'error')
      .map((step) => `${step.name}: ${shorten(step.error ?? 'failed', 200)}`),
  )
  const said = [...errors].map(([error, times]) => (times > 1 ? `${error} (${times} times)` : error))
  return said.length > 0 ? `Errors: ${list(said)}` : null
}

function countBy(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return counts
}

function list(items: readonly string[]): string {
  const more = items.length - MOST_LISTED
  return `${items.slice(0, MOST_LISTED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`
}
