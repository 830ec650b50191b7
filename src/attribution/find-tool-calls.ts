import { canonicalJson } from '../domain/canonical-json.ts'
import type { StoredSpan } from '../store/queries/stored-span.ts'
import type { SpanTree } from './build-span-tree.ts'

export interface ToolCalls {
  /** In order of start. */
  calls: StoredSpan[]
  /** Ids of tool spans that report a call again which a span around them reports. */
  secondReports: ReadonlySet<string>
}

/** The tool calls of a run, each once: two instrumentations may report one, the one inside the other. */
export function findToolCalls(spans: readonly StoredSpan[], tree: SpanTree): ToolCalls {
  const reports = spans.filter((span) => !span.synthetic && (span.kind === 'tool' || span.tool !== null))
  const secondReports = new Set(reports.filter((span) => isReportedAround(span, tree)).map((span) => span.spanId))
  return { calls: reports.filter((span) => !secondReports.has(span.spanId)), secondReports }
}

function isReportedAround(span: StoredSpan, tree: SpanTree): boolean {
  const name = toolName(span)
  let around = tree.parentOf.get(span.spanId)
  while (around) {
    if (around.kind === 'tool' && toolName(around) === name && argumentsAgree(span, around)) return true
    around = tree.parentOf.get(around.spanId)
  }
  return false
}

export function toolName(span: StoredSpan): string {
  return span.tool?.name ?? span.name
}

function argumentsAgree(a: StoredSpan, b: StoredSpan): boolean {
  if (a.tool?.arguments == null || b.tool?.arguments == null) return true
  return canonicalJson(a.tool.arguments) === canonicalJson(b.tool.arguments)
}
