import { addDays, type CalendarDate, type Period, startOfWeek } from '../../domain/period.ts'
import { type AnalysisName, Plan } from '../../domain/plan.ts'
import type { Workspace } from '../../domain/workspace.ts'
import { assignPeriods, defaultComparison, lastClosedWeek, recentWeeks, weeksEarlier } from './assign-periods.ts'
import { continuePlan } from './continue-plan.ts'
import { leftoverWords, unknownSubject } from './leftover-words.ts'
import type { PeriodUnit } from './period-mention.ts'
import { premiseOf } from './premise-of.ts'
import { type QuestionParts, recogniseParts } from './question-parts.ts'
import { searchText } from './search-text.ts'
import { segmentsOf } from './segments-of.ts'
import { wordsOfName } from './word-forms.ts'

export interface PlannedQuestion {
  plan: Plan
  /** False where the question could not be understood: the plan is then `help`. */
  understood: boolean
  /** A name that the question is about and that Docket does not know. */
  unknownSubject: string | null
  /** Words that were not used: the answer says so. */
  notUsed: string[]
  /** The last day with work, where the question's own "now" lies after all data and the period was moved back to it. */
  movedTo: CalendarDate | null
  /** What the question takes for granted: of a change that it went up or down, of a comparison that the first side is higher or lower. */
  premise: 'rise' | 'fall' | null
}

export interface PlanContext {
  asOf: Date
  timeZone: string
  /** The plan that the thread ran before, for follow-ups. */
  previous?: Plan | null
}

/** The same weekdays a year back. */
const WEEKS_OF_YEAR = 52
/** Analyses that are not about a stretch of time. */
const TIMELESS: readonly AnalysisName[] = ['find', 'work_item', 'help']
const ABOUT_EVERYTHING =
  /\b(?:all time|ever|in total|overall|so far|to date|since the (?:start|beginning)|from the (?:start|beginning)|whole history|everything we have|all (?:our |the )?data)\b/

/** Turns a question into a plan by rules alone: the same words on the same workspace give the same plan. */
export function planQuestion(question: string, workspace: Workspace, context: PlanContext): PlannedQuestion {
  const parts = recogniseParts(question, workspace, context)
  const continued = context.previous ? continuePlan(parts, context.previous, workspace) : null
  if (continued) return { ...understood(parts, continued), movedTo: null }
  const subject = parts.asked?.analysis === 'find' ? null : unknownSubject(parts)
  if (!parts.asked || parts.asked.analysis === 'help' || (subject !== null && workspace.workflows.length > 0)) {
    const isHelp = parts.asked?.analysis === 'help'
    const plan: Plan = { analysis: 'help', ...workflowOf(parts) }
    return {
      plan,
      understood: isHelp,
      unknownSubject: subject,
      notUsed: leftoverWords(parts),
      movedTo: null,
      premise: null,
    }
  }
  const plan = withWorkflowOfRepeats(planOf(parts, parts.asked.analysis), parts, workspace)
  const { period, comparison, movedTo } = timesOf(parts, plan, workspace)
  const complete = Plan.parse({ ...plan, ...(period && { period }), ...(comparison && { comparison }) })
  return { ...understood(parts, complete), movedTo }
}

function understood(parts: QuestionParts, plan: Plan): Omit<PlannedQuestion, 'movedTo'> {
  const notUsed = plan.analysis === 'find' ? [] : leftoverWords(parts)
  const isTold = plan.analysis === 'explain_change' || plan.analysis === 'compare_segments'
  const premise = isTold ? premiseOf(parts.reading.text, plan.metric) : null
  return { plan, understood: true, unknownSubject: null, notUsed, premise }
}

function workflowOf(parts: QuestionParts): { workflow?: string } {
  const names = [...new Set(parts.workflows.map((mention) => mention.name))]
  if (names.length === 1) return { workflow: names[0]! }
  return parts.identifier?.workflow ? { workflow: parts.identifier.workflow } : {}
}

/** The plan without its times. */
function planOf(parts: QuestionParts, analysis: AnalysisName): Plan {
  const metric = parts.asked?.metric
  const plan: Plan = { analysis, ...workflowOf(parts), ...(metric && { metric }) }
  if (analysis === 'work_item') return { ...plan, text: parts.identifier!.id }
  if (analysis === 'find') return { ...plan, text: searchText(parts) }
  return { ...plan, ...segmentsOf(parts, analysis) }
}

/** "The same request" is of the one workflow whose items carry a `request`, where no workflow is named. */
function withWorkflowOfRepeats(plan: Plan, { reading }: QuestionParts, { dimensions }: Workspace): Plan {
  if (plan.analysis !== 'spread' || plan.workflow !== undefined) return plan
  const repeated = dimensions.find(
    ({ name, workflows }) =>
      workflows?.length === 1 && reading.text.toLowerCase().includes(`same ${wordsOfName(name).join(' ')}`),
  )
  return repeated ? { ...plan, workflow: repeated.workflows![0]! } : plan
}

/** Period and comparison as said, or the usual ones; moved back to the last work where all data are older than they. */
function timesOf(parts: QuestionParts, plan: Plan, workspace: Workspace) {
  const lastDay = lastDayOf(plan.workflow, workspace)
  const said = timesAt(parts.reading.text, plan.analysis, parts.today, workspace, plan.workflow)
  // A quiet day or weekend is an answer; work that stopped before the last whole week is a workflow that is over.
  const isOver = lastDay !== null && lastDay < addDays(startOfWeek(parts.today), -7)
  if (!isOver || !said.isRelative || !said.period || said.period.from <= lastDay) {
    return { ...said, movedTo: null }
  }
  // As if asked on the Monday after the last work.
  const monday = addDays(startOfWeek(lastDay), 7)
  return { ...timesAt(parts.reading.text, plan.analysis, monday, workspace, plan.workflow), movedTo: lastDay }
}

interface Times {
  period?: Period
  comparison?: Period
  isRelative: boolean
}

function timesAt(
  text: string,
  analysis: AnalysisName,
  today: CalendarDate,
  workspace: Workspace,
  workflow?: string,
): Times {
  const { period, comparison, mentions } = assignPeriods(text, today)
  const back = mentions.find((mention) => mention.yearsBefore || mention.weeksBefore)
  if (TIMELESS.includes(analysis)) {
    return { ...(period && analysis === 'find' && { period: period.period }), isRelative: false }
  }
  const isChange = analysis === 'explain_change'
  const usual = usualPeriod(text, analysis, today, workspace, workflow)
  const chosen = period?.period ?? usual
  const unit: PeriodUnit = period?.unit ?? (isChange ? 'week' : 'range')
  const other =
    comparison ??
    (back && !period ? weeksEarlier(chosen, back.weeksBefore ?? WEEKS_OF_YEAR) : defaultComparison(chosen, unit))
  return {
    period: chosen,
    comparison: other,
    isRelative: period === null || (period.relative && period.unit !== 'day'),
  }
}

function usualPeriod(
  text: string,
  analysis: AnalysisName,
  today: CalendarDate,
  workspace: Workspace,
  workflow?: string,
): Period {
  if (analysis === 'explain_change') return lastClosedWeek(today)
  if (ABOUT_EVERYTHING.test(text)) {
    const days = workspace.workflows.filter((one) => !workflow || one.name === workflow).map((one) => one.firstDay)
    const first = days.filter((day) => day !== null).sort()[0] ?? addDays(today, -364)
    return { from: first <= today ? first : today, to: addDays(today, 1) }
  }
  // A series before and after needs more than a few weeks.
  if (analysis === 'operating_metrics') return { from: addDays(startOfWeek(today), -182), to: addDays(today, 1) }
  return recentWeeks(today)
}

function lastDayOf(workflow: string | undefined, workspace: Workspace): CalendarDate | null {
  const days = workspace.workflows.filter((one) => !workflow || one.name === workflow).map((one) => one.lastDay)
  return (
    days
      .filter((day) => day !== null)
      .sort()
      .at(-1) ?? null
  )
}
