import type { AnalysisName, Plan } from '../../domain/plan.ts'
import type { Workspace } from '../../domain/workspace.ts'
import { defaultComparison } from './assign-periods.ts'
import type { QuestionParts } from './question-parts.ts'
import { contentWords } from './search-text.ts'
import { segmentsOf } from './segments-of.ts'
import { WHAT_WAS_KNOWN } from './what-was-known.ts'

const CLEARS_FILTERS =
  /\b(?:overall|in total|for all|all of them|everything|everywhere|all (?:regions|segments|claims|of it)|without (?:the |that )?filters?|no filters?)\b/
const LOOKS_BACK = /\b(?:that|those|it|its|them|there|these|this|one|ones|same|then)\b/
const STARTS_LIKE_FOLLOW_UP =
  /^(?:and|what about|how about|only|just|same|now|but|or|also|then|so|for|in|by|per|with|without|vs|versus|compared|excluding|ok|okay|on|since|during)\b/

/**
 * The plan of a follow-up in a thread: the last plan with what the words change. A question with an analysis of its own
 * takes from the last plan only what it leaves open. Null where the words change nothing that is known.
 */
export function continuePlan(parts: QuestionParts, previous: Plan, workspace: Workspace): Plan | null {
  const { asked } = parts
  const { text } = parts.reading
  // "What did we know when we approved it?" is asked of the item that the thread is about.
  if (previous.analysis === 'work_item' && !parts.identifier && WHAT_WAS_KNOWN.test(text)) return previous
  // "Has this been decided before?"
  if (previous.analysis === 'work_item' && asked?.analysis === 'find' && contentWords(parts).length === 0) {
    return { ...previous, analysis: 'find' }
  }
  if (asked && ['find', 'work_item', 'help'].includes(asked.analysis)) return null
  if (previous.analysis === 'help' || previous.analysis === 'work_item') return null
  const bareWhy = /^(?:(?:and|but|ok|so) )?why(?: (?:is|was) (?:that|it|this))?$/.test(text)
  const names = [...new Set(parts.workflows.map((mention) => mention.name))]
  if (asked && names.length > 0 && !STARTS_LIKE_FOLLOW_UP.test(text) && !LOOKS_BACK.test(text)) return null
  const saysSomething =
    parts.periods.mentions.length > 0 || parts.filters.length > 0 || parts.grouping !== null || names.length > 0
  if (!asked && !bareWhy && !saysSomething && !CLEARS_FILTERS.test(text)) return null
  if (previous.analysis === 'find') return asked || !saysSomething ? null : continueSearch(parts, previous)
  const analysis: AnalysisName = bareWhy ? 'explain_change' : (asked?.analysis ?? previous.analysis)
  const workflow =
    names.length === 1 ? names[0]! : names.length > 1 || /\ball workflows\b/.test(text) ? undefined : previous.workflow
  const times = timesOf(parts, previous)
  const segments = segmentsOf(parts, analysis)
  const kept = CLEARS_FILTERS.test(text) ? {} : keptFilters(previous.filters ?? {}, workflow, workspace)
  const filters = { ...kept, ...segments.filters }
  const metric = bareWhy ? (previous.metric ?? 'spend') : (asked?.metric ?? (asked ? undefined : previous.metric))
  const groupBy = segments.groupBy ?? (asked ? undefined : previous.groupBy)
  const other = segments.text ?? (asked ? undefined : previous.text)
  return {
    analysis,
    ...(workflow && { workflow }),
    ...(metric && { metric }),
    ...times,
    ...(Object.keys(filters).length > 0 && { filters }),
    ...(groupBy && { groupBy }),
    ...(other && { text: other }),
  }
}

/** "what about October?" moves the period; "the week before?" moves it back; "compared with May?" only compares. */
function timesOf(parts: QuestionParts, previous: Plan): Pick<Plan, 'period' | 'comparison'> {
  const { period, comparison, mentions } = parts.periods
  const first = mentions[0]
  if (!first)
    return {
      ...(previous.period && { period: previous.period }),
      ...(previous.comparison && { comparison: previous.comparison }),
    }
  const isComparison = /\b(?:compared?|comparison|versus|vs|against|than)\b/.test(parts.reading.text)
  if (isComparison && mentions.length === 1 && previous.period) {
    const unit = first.before === 'range' || !first.before ? 'range' : first.before
    return {
      period: previous.period,
      comparison: first.before ? defaultComparison(previous.period, unit) : first.period,
    }
  }
  if (first.before && mentions.length === 1 && previous.period) {
    const moved = defaultComparison(previous.period, first.before === 'range' ? 'range' : first.before)
    return { period: moved, comparison: defaultComparison(moved, first.before === 'range' ? 'range' : first.before) }
  }
  const chosen = period?.period ?? first.period
  return { period: chosen, comparison: comparison ?? defaultComparison(chosen, period?.unit ?? first.unit) }
}

function keptFilters(filters: Record<string, string>, workflow: string | undefined, workspace: Workspace) {
  return Object.fromEntries(
    Object.entries(filters).filter(([name]) => {
      const dimension = workspace.dimensions.find((one) => one.name === name)
      return !workflow || !dimension?.workflows || dimension.workflows.includes(workflow)
    }),
  )
}

function continueSearch(parts: QuestionParts, previous: Plan): Plan {
  const period = parts.periods.period?.period ?? previous.period
  const workflow = parts.workflows[0]?.name ?? previous.workflow
  const { period: _, workflow: __, ...rest } = previous
  return { ...rest, ...(workflow && { workflow }), ...(period && { period }) }
}
