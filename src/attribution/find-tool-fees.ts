import { MICROS_PER_DOLLAR, type MicroDollars, roundToTotal } from '../domain/money.ts'
import { MODEL_CALL_KINDS } from '../domain/span.ts'
import type { StoredSpan } from '../store/queries/stored-span.ts'
import { CONTAINER_KINDS, type UsageCount } from './count-usage.ts'
import type { ToolCalls } from './find-tool-calls.ts'

/** No fee is greater; such a figure is garbage, and would burst every sum that it entered. */
const MAX_FEE_DOLLARS = 1_000_000

/**
 * Fees of tools and other services by span id: what the tool call states, else the cost of a span that does work of its
 * own. A span around counted model calls states their cost again, so that is no fee.
 */
export function findToolFees(count: UsageCount, tools: ToolCalls): Map<string, MicroDollars> {
  const holdsCalls = findHoldersOf(count)
  const fees = count.spans.flatMap((span) => {
    const dollars =
      span.synthetic || tools.secondReports.has(span.spanId) ? null : (span.tool?.costUsd ?? ownCost(span, holdsCalls))
    return dollars !== null && dollars >= 0 && dollars <= MAX_FEE_DOLLARS ? [{ spanId: span.spanId, dollars }] : []
  })
  const rounded = roundToTotal(fees.map(({ dollars }) => dollars * MICROS_PER_DOLLAR))
  return new Map(fees.map(({ spanId }, index) => [spanId, rounded[index]!]))
}

function ownCost(span: StoredSpan, holdsCalls: ReadonlySet<string>): number | null {
  if (MODEL_CALL_KINDS.includes(span.kind) || CONTAINER_KINDS.includes(span.kind)) return null
  return holdsCalls.has(span.spanId) ? null : span.costUsd
}

/** Spans that report a counted call or have one inside. */
function findHoldersOf({ calls, tree }: UsageCount): Set<string> {
  const holders = new Set<string>()
  for (const spanId of calls.flatMap((call) => call.spanIds)) {
    let current: string | undefined = spanId
    while (current !== undefined && !holders.has(current)) {
      holders.add(current)
      current = tree.parentOf.get(current)?.spanId
    }
  }
  return holders
}
