import { canonicalJson } from '../domain/canonical-json.ts'
import type { WasteClass } from '../domain/facts.ts'
import type { MicroDollars } from '../domain/money.ts'
import { addKnown } from '../domain/usage.ts'
import type { StoredSpan } from '../store/queries/stored-span.ts'
import type { CostedCall } from './cost-calls.ts'
import { findDecision } from './find-decision.ts'

export interface RunWaste {
  bySpan: Map<string, WasteClass>
  /** Known cost by class; a class whose cost is unknown is left out. */
  totals: Partial<Record<WasteClass, MicroDollars>>
}

/**
 * Waste that a run shows by itself, each dollar in one class, in this order: calls that failed; calls repeated with
 * identical input (and the model calls that only asked for such a tool call again); model calls after the run's last
 * decision. `spans` and `tools` (each call once) in order of start.
 */
export function classifyRunWaste(
  spans: readonly StoredSpan[],
  tools: readonly StoredSpan[],
  calls: readonly CostedCall[],
  fees: ReadonlyMap<string, MicroDollars>,
): RunWaste {
  const bySpan = new Map<string, WasteClass>()
  const claim = (spanId: string, wasteClass: WasteClass): void => {
    if (!bySpan.has(spanId)) bySpan.set(spanId, wasteClass)
  }
  for (const call of calls) if (call.status === 'error') claim(call.span.spanId, 'failed_call')
  for (const tool of tools) if (tool.status === 'error') claim(tool.spanId, 'failed_call')
  for (const call of findRepeats(calls, keyOfCall, (call) => call.status)) claim(call.span.spanId, 'loop')
  const repeatedTools = new Set(findRepeats(tools, keyOfTool, (tool) => tool.status))
  for (const tool of repeatedTools) claim(tool.spanId, 'loop')
  for (const call of findAskersOf(repeatedTools, tools, calls)) claim(call.span.spanId, 'loop')
  for (const call of findCallsAfterDecision(spans, calls)) claim(call.span.spanId, 'after_decision')
  return { bySpan, totals: sumByClass(bySpan, calls, fees) }
}

/** Members whose key was seen before in one that did not fail. A null key is equal to none. */
function findRepeats<Member>(
  members: readonly Member[],
  keyOf: (member: Member) => string | null,
  statusOf: (member: Member) => string,
): Member[] {
  const seen = new Set<string>()
  return members.filter((member) => {
    const key = keyOf(member)
    if (key === null) return false
    const repeated = seen.has(key)
    if (statusOf(member) !== 'error') seen.add(key)
    return repeated
  })
}

/** Some emitters keep only part of the input, so equal text of another length in tokens is another input. */
function keyOfCall({ span, model, usage }: CostedCall): string | null {
  return span.inputHash === null ? null : canonicalJson([span.kind, model, span.inputHash, usage?.inputTokens ?? null])
}

/** Equal arguments with a different result are polling, not a loop. */
function keyOfTool({ tool }: StoredSpan): string | null {
  if (!tool || tool.arguments == null) return null
  return canonicalJson([tool.name, tool.arguments, tool.result ?? null])
}

/** Model calls whose every following tool call, up to the next model call, only repeats an earlier one. */
function findAskersOf(
  repeated: ReadonlySet<StoredSpan>,
  tools: readonly StoredSpan[],
  calls: readonly CostedCall[],
): CostedCall[] {
  if (repeated.size === 0) return []
  const models = calls.filter((call) => call.span.kind === 'llm')
  return models.filter((call, index) => {
    const from = call.span.startedAt
    const until = models[index + 1]?.span.startedAt
    const asked = tools.filter((tool) => tool.startedAt > from && (!until || tool.startedAt <= until))
    return asked.length > 0 && asked.every((tool) => repeated.has(tool))
  })
}

function findCallsAfterDecision(spans: readonly StoredSpan[], calls: readonly CostedCall[]): CostedCall[] {
  const decision = findDecision(spans)
  if (!decision) return []
  const reached = decision.endedAt ?? decision.startedAt
  return calls.filter(({ span, spanIds }) => {
    const isLater = span.startedAt >= reached && span.startedAt > decision.startedAt
    return isLater && !spanIds.includes(decision.spanId)
  })
}

function sumByClass(
  bySpan: ReadonlyMap<string, WasteClass>,
  calls: readonly CostedCall[],
  fees: ReadonlyMap<string, MicroDollars>,
): RunWaste['totals'] {
  const totals: RunWaste['totals'] = {}
  const add = (spanId: string, cost: MicroDollars | null): void => {
    const wasteClass = bySpan.get(spanId)
    if (wasteClass && cost !== null) totals[wasteClass] = addKnown(totals[wasteClass], cost)!
  }
  for (const call of calls) add(call.span.spanId, call.costMicros)
  for (const [spanId, fee] of fees) add(spanId, fee)
  return totals
}
