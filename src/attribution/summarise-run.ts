import type { DocumentUse, ModelUse, StepUse } from '../domain/facts.ts'
import { MODEL_CALL_KINDS } from '../domain/span.ts'
import { addKnown, addUsage, NO_USAGE, type UsageTotals } from '../domain/usage.ts'
import type { StoredDocument, StoredSpan } from '../store/queries/stored-span.ts'
import { compareText } from './collapse-copies.ts'
import type { CostedCall } from './cost-calls.ts'
import { CONTAINER_KINDS, type UsageCount } from './count-usage.ts'
import type { ToolCalls } from './find-tool-calls.ts'

export function sumUsage(calls: readonly CostedCall[]): UsageTotals {
  let totals = NO_USAGE
  for (const { usage } of calls) {
    totals = addUsage(totals, {
      calls: 1,
      callsWithoutUsage: usage ? 0 : 1,
      inputTokens: usage?.inputTokens ?? null,
      cachedInputTokens: usage?.cachedInputTokens ?? null,
      cacheWriteTokens: usage?.cacheWriteTokens ?? null,
      outputTokens: usage?.outputTokens ?? null,
      reasoningTokens: usage?.reasoningTokens ?? null,
    })
  }
  return totals
}

/** What each model did, by name. Calls whose model nobody named stand under `unknown`. */
export function summariseModels(calls: readonly CostedCall[]): ModelUse[] {
  const byModel = new Map<string, ModelUse>()
  for (const call of calls) {
    const model = call.model ?? 'unknown'
    const key = JSON.stringify([model, call.provider])
    const use = byModel.get(key) ?? {
      model,
      provider: call.provider,
      calls: 0,
      unpricedCalls: 0,
      inputTokens: null,
      outputTokens: null,
      costMicros: 0,
    }
    use.calls += 1
    use.unpricedCalls += call.costMicros === null ? 1 : 0
    use.inputTokens = addKnown(use.inputTokens, call.usage?.inputTokens)
    use.outputTokens = addKnown(use.outputTokens, call.usage?.outputTokens)
    use.costMicros += call.costMicros ?? 0
    byModel.set(key, use)
  }
  return [...byModel.entries()].sort(([a], [b]) => compareText(a, b)).map(([, use]) => use)
}

/**
 * What each step name did, in order of first start, loops folded. `calls` counts how often the step ran. Containers that
 * hold other steps, and second reports of a call, are no steps of their own.
 */
export function summariseSteps(count: UsageCount, calls: readonly CostedCall[], tools: ToolCalls): StepUse[] {
  const callOfSpan = new Map(calls.map((call) => [call.span.spanId, call]))
  const bySteps = new Map<string, StepUse>()
  for (const span of count.spans) {
    const call = callOfSpan.get(span.spanId)
    if (!isStep(span, call, count, tools)) continue
    const model = call?.model ?? null
    const key = JSON.stringify([span.name, span.kind])
    const use = bySteps.get(key)
    const failed = (call?.status ?? span.status) === 'error' ? 1 : 0
    const cost = call?.costMicros ?? 0
    const inputTokens = call?.usage?.inputTokens ?? null
    if (use) {
      use.model = use.model === model ? model : null
      use.calls += 1
      use.failed += failed
      use.inputTokens = addKnown(use.inputTokens, inputTokens)
      use.costMicros += cost
    } else {
      bySteps.set(key, { name: span.name, kind: span.kind, model, calls: 1, failed, inputTokens, costMicros: cost })
    }
  }
  return [...bySteps.values()]
}

function isStep(span: StoredSpan, call: CostedCall | undefined, { tree }: UsageCount, tools: ToolCalls): boolean {
  if (span.synthetic) return false
  if (call) return true
  if (MODEL_CALL_KINDS.includes(span.kind) || tools.secondReports.has(span.spanId)) return false
  return !(CONTAINER_KINDS.includes(span.kind) && tree.childrenOf.get(span.spanId)!.length > 0)
}

/** What each document did, in order of first retrieval. Used once is used. */
export function summariseDocuments(spans: readonly StoredSpan[]): DocumentUse[] {
  const byId = new Map<string, DocumentUse>()
  for (const document of spans.flatMap((span) => span.documents)) {
    const { id, used } = document
    const use = byId.get(id) ?? { id, retrieved: 0, used: null, tokens: null }
    use.retrieved += 1
    if (used != null) use.used = use.used === true || used
    use.tokens = addKnown(use.tokens, tokensOf(document))
    byId.set(id, use)
  }
  return [...byId.values()]
}

/** English prose has about four characters a token; a rule of thumb is enough for what was not even used. */
const CHARACTERS_PER_TOKEN = 4

function tokensOf({ tokens, characters }: StoredDocument): number | null {
  return tokens ?? (characters == null ? null : Math.ceil(characters / CHARACTERS_PER_TOKEN))
}
