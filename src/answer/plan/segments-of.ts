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
  return { ...(Object.keys(filters).length > 0 && { filters }), ...(groupBy && { groupBy }), ...(text && { text }) }
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
