import { plural } from '../analysis/economics/build-findings.ts'
import type { Finding, Report, TableSpec } from '../domain/finding.ts'
import type { CalendarDate } from '../domain/period.ts'
import type { Workflow } from '../domain/workflow.ts'
import { findFigure, numberAt, numberOf } from '../narration/find-figure.ts'
import { formatDay } from '../narration/format-dates.ts'
import { formatDollars } from '../narration/format-money.ts'
import { countOf, formatCount, formatShare } from '../narration/format-number.ts'
import { type Sentence, sentences } from '../narration/narration.ts'
import { narrateExplainChange } from '../narration/narrators/explain-change.ts'
import { restsOn } from '../narration/rests-on.ts'
import { baselineOfWeek } from './baseline-of-week.ts'
import type { WeekReport, WorkflowWeek } from './report-week.ts'

export interface SaidWeek {
  paragraphs: Sentence[][]
  tables: TableSpec[]
  restsOn: string[]
  /** Figures that the words use beside the reports'. */
  derived: Finding[]
}

const FEWEST_LIKE_CORRECTIONS = 3

/** A week in words: the total first, then what to look at, then what people corrected. */
export function sayWeek(report: WeekReport, today: CalendarDate, timeZone: string): SaidWeek {
  const baseline = baselineOfWeek(report)
  const derived: Finding[] = baseline ? [baseline] : []
  const told = report.workflows.filter((one) => one.isWorthTelling).sort((a, b) => changeOf(b) - changeOf(a))
  const changes = told.map((one) => {
    const narration = narrateExplainChange({
      plan: {
        analysis: 'explain_change',
        workflow: one.workflow.name,
        metric: 'spend',
        period: report.period,
        comparison: report.comparison,
      },
      report: one.change!,
      unit: one.workflow.unit,
      today,
      timeZone,
      movedTo: null,
      remembered: [],
    })
    derived.push(
      ...narration.derived.map((finding) => ({ ...finding, id: `${one.workflow.name}.change.${finding.id}` })),
    )
    return [...narration.lead, ...(narration.body[0] ?? [])]
  })
  const quiet = report.workflows.filter((one) => !one.isWorthTelling).map((one) => one.workflow.name)
  const nothing = told.length === 0 ? 'Nothing stands out' : 'No other change stands out'
  const swing =
    quiet.length > 0
      ? sentences(`${nothing}: ${quiet.join(', ')} moved within the usual swing, or too little is known.`)
      : []
  const paragraphs = [leadOf(report, baseline, today), ...changes, swing, correctionsOf(report.workflows)]
  return {
    paragraphs: paragraphs.filter((one) => one.length > 0),
    tables: report.workflows.length > 0 ? [tableOf(report.workflows)] : [],
    restsOn: restsOn(
      {
        plan: { analysis: 'spend' },
        report: report.spend,
        unit: 'item',
        today,
        timeZone,
        movedTo: null,
        remembered: [],
      },
      findFigure(report.spend, 'spend')?.n ?? null,
    ),
    derived,
  }
}

function leadOf(report: WeekReport, baseline: Finding | null, today: CalendarDate): Sentence[] {
  const title: Sentence = { text: `Week of ${formatDay(report.period.from, today).slice(4)}.`, strong: true }
  if (report.workflows.length === 0) return [title, ...sentences('No work was closed in it.')]
  const spend = numberAt(report.spend, 'spend')
  const before = numberAt(report.spend, 'spend.before')
  const spent =
    spend === null
      ? 'What was spent is unknown'
      : `${formatDollars(spend)} spent${before === null ? '' : ` (the week before ${formatDollars(before)})`}`
  const resolved = numberAt(report.unitCost, 'resolved_items') ?? 0
  const cost = numberAt(report.unitCost, 'cost_per_resolved')
  const old = numberAt(report.unitCost, 'cost_per_resolved.before')
  const beside = [
    old === null ? '' : `the week before ${formatDollars(old)}`,
    baseline ? `by people or outsourcer it would have been ${formatDollars(numberOf(baseline)!)}` : '',
  ].filter(Boolean)
  const each = cost === null ? '' : ` at ${formatDollars(cost)}${beside.length > 0 ? ` (${beside.join('; ')})` : ''}`
  return [title, ...sentences(`${spent}, ${countOf(resolved, 'unit', 'units')} resolved${each}.`)]
}

function changeOf({ change }: WorkflowWeek): number {
  return Math.abs(change ? (numberAt(change, 'spend.change') ?? 0) : 0)
}

/** Corrections that repeat: many like ones of a rule are a rule to write down. */
function correctionsOf(workflows: readonly WorkflowWeek[]): Sentence[] {
  return workflows.flatMap(({ workflow, corrections }) => {
    const count = corrections ? numberAt(corrections, 'corrections') : null
    if (!corrections || !count) return []
    const rules = corrections.findings.filter(
      (one) => one.id.startsWith('corrections.rule=') && (numberOf(one) ?? 0) >= FEWEST_LIKE_CORRECTIONS,
    )
    const top = rules.find((one) => one.segment?.rule && one.segment.rule !== '(not given)')
    // A few corrections of many kinds are the ordinary course; like ones that repeat are a rule to write down.
    if (!top) return []
    const rate = numberAt(corrections, 'override_rate')
    const share = rate === null ? '' : ` (${formatShare(rate)} of what closed)`
    const like = `${formatCount(numberOf(top)!)} of them under rule ${top.segment!.rule}`
    return sentences(`People overruled the agent ${formatCount(count)} times on ${workflow.name}${share}, ${like}.`)
  })
}

function tableOf(workflows: readonly WorkflowWeek[]): TableSpec {
  const value = (report: Report, id: string) => numberAt(report, id)
  return {
    title: 'The week by workflow',
    columns: [
      { label: 'Workflow', unit: 'text' },
      { label: 'Resolved', unit: 'items' },
      { label: 'Cost per resolved', unit: 'usd' },
      { label: 'Week before', unit: 'usd' },
      { label: 'Without the agent', unit: 'usd' },
      { label: 'Spent', unit: 'usd' },
    ],
    rows: workflows.map(({ workflow, unitCost, change }) => [
      nameOf(workflow),
      value(unitCost, 'resolved_items'),
      value(unitCost, 'cost_per_resolved'),
      value(unitCost, 'cost_per_resolved.before'),
      workflow.baseline?.kind === 'revenue' ? null : value(unitCost, 'baseline'),
      change ? value(change, 'spend') : null,
    ]),
  }
}

/** "claims"; with its unit where the name does not say it: "intake (documents)". */
function nameOf({ name, unit }: Workflow): string {
  return name.toLowerCase().includes(unit.toLowerCase()) ? name : `${name} (${plural(unit)})`
}
