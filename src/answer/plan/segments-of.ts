import type { AnalysisName, Plan } from '../../domain/plan.ts'
import type { QuestionParts } from './question-parts.ts'

/** Filters, grouping, and for a comparison of segments its other side. */
export function segmentsOf(parts: QuestionParts, analysis: AnalysisName): Pick<Plan, 'filters' | 'groupBy' | 'text'> {
  const { sides } = parts
  const filters: Record<string, string> = {}
  let groupBy = parts.grouping?.groupBy
  for (const { dimension, value } of usableFilters(parts, analysis)) {
    if (sides?.dimension === dimension) continue
    // Two values of one dimension are no filter: both are shown side by side.
    if (dimension in filters && filters[dimension] !== value) {
      delete filters[dimension]
      groupBy ??= dimension
    } else filters[dimension] = value
  }
  let text: string | undefined
  if (sides) {
    groupBy = analysis === 'compare_segments' ? sides.dimension : (groupBy ?? sides.dimension)
    if (analysis === 'compare_segments') {
      // Without another side by name it is everything else.
      if (sides.other !== 'others') text = sides.other
      filters[sides.dimension] = sides.value
    }
  }
  const part = runPartOf(parts.reading.text, analysis)
  if (part !== null) groupBy = part
  if (analysis === 'operating_metrics') text = metricAskedFor(parts.reading.text)
  return { ...(Object.keys(filters).length > 0 && { filters }), ...(groupBy && { groupBy }), ...(text && { text }) }
}

const RUN_PART =
  /\b(?:which|what|by|per|each|every|unused|unread|irrelevant|ignored|fetched|retrieved) (?:\w+ )?(document|doc|step|tool)s?\b/

/** Documents, steps and tools are parts of runs: they are listed one by one where an analysis looks at them. */
function runPartOf(text: string, analysis: AnalysisName): string | null {
  if (analysis === 'marginal_utility') return LADDERS.find(([, said]) => said.test(text))?.[0] ?? null
  if (analysis !== 'context' && analysis !== 'what_mattered') return null
  const part = RUN_PART.exec(text)?.[1]
  return part === undefined ? null : part === 'doc' ? 'document' : part
}

/** By what the next dollar is spent. */
const LADDERS: readonly [groupBy: string, said: RegExp][] = [
  ['context', /\b(?:contexts?|prompts?|tokens?|input)\b/],
  ['model', /\bmodels?\b/],
  ['attempt', /\b(?:attempts?|tr(?:y|ies)|retr(?:y|ies|ying))\b/],
]

const METRIC_NAMES: readonly [name: string, said: RegExp][] = [
  ['headcount', /\b(?:head ?count|ftes?|staffing|team size|number of (?:people|staff|adjusters|clerks))\b/],
  ['cycle time', /\b(?:cycle|lead|turnaround|throughput) times?\b|\bturnaround\b/],
  ['handle time', /\bhandl(?:e|ing) times?\b/],
  [
    'outsourcing invoice',
    /\b(?:outsourcing|outsourcer|bpo|vendor)(?: is)? (?:invoices?|bills?)\b|\binvoices? (?:of|from) the (?:outsourcer|bpo|vendor)\b/,
  ],
  ['backlog', /\bbacklog\b/],
  ['overtime', /\bovertime\b/],
  ['hires', /\b(?:hires?|hired|hiring|vacanc(?:y|ies))\b/],
]

/** What the operating metric that a question names is called; `tickets per person` as it is written. */
function metricAskedFor(text: string): string | undefined {
  const ratio = /\b(\w+) (?:per|a) (person|head|adjuster|clerk|employee|analyst|fte)\b/.exec(text)
  if (ratio) return `${ratio[1]} per ${ratio[2]}`
  return METRIC_NAMES.find(([, said]) => said.test(text))?.[0]
}

/** A model in a question about routing is a candidate, and a version in one about a change is a suspect: neither filters. */
function usableFilters(parts: QuestionParts, analysis: AnalysisName) {
  return parts.filters.filter(({ dimension, words }) => {
    if (analysis === 'routing') return dimension !== 'model'
    if (analysis !== 'explain_change' || !/^(model|promptVersion|agentVersion)$/.test(dimension)) return true
    const before = parts.reading.text.slice(0, words[0]!.start).trimEnd()
    return (
      /\b(?:on|for|with|using|of|by|running|only)(?: the)?$/.test(before) &&
      !/\b(?:change|switch|move|since|after)\b/.test(before)
    )
  })
}
