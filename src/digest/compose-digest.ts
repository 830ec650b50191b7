import type { Analysis, AnalysisContext } from '../analysis/analysis.ts'
import type { Block } from '../domain/answer.ts'
import type { Citation, Finding, Report } from '../domain/finding.ts'
import { addDays, type CalendarDate, dateIn, type Period, startOfWeek } from '../domain/period.ts'
import type { AnalysisName } from '../domain/plan.ts'
import { buildBlocks } from '../narration/blocks/build-blocks.ts'
import { checkFigures } from '../narration/check-figures.ts'
import { escapeWithin } from '../narration/escape-mrkdwn.ts'
import { figureSources } from '../narration/figure-sources.ts'
import { type Sentence, textOfNarration } from '../narration/narration.ts'
import { SLACK_LIMITS } from '../narration/slack-limits.ts'
import { reportWeek, type WeekReport } from './report-week.ts'
import { sayWeek } from './say-week.ts'

/** One week in one message. */
export interface Digest {
  /** The Monday that the week begins on. */
  week: CalendarDate
  text: string
  findings: Finding[]
  blocks: Block[]
  citations: Citation[]
}

export type DigestContext = AnalysisContext & { catalogue: ReadonlyMap<AnalysisName, Analysis> }

const MOST_CITATIONS = 8

/**
 * A week's digest: what was spent and resolved against the week before and the baseline, the change of each workflow that
 * has a cause, and the corrections worth knowing. One message, every figure checked against its findings.
 */
export async function composeDigest(context: DigestContext, week: CalendarDate): Promise<Digest> {
  const monday = startOfWeek(week)
  const period: Period = { from: monday, to: addDays(monday, 7) }
  const report = await reportWeek(context, period, { from: addDays(monday, -7), to: monday })
  const today = dateIn(context.standpoint.asOf, context.standpoint.timeZone)
  const said = sayWeek(report, today, context.standpoint.timeZone)
  const findings = distinctIds(findingsOf(report, said.derived))
  const sources = figureSources({
    findings,
    plan: { analysis: 'spend', period, comparison: report.comparison },
    today,
    timeZone: context.standpoint.timeZone,
    days: [monday],
    names: context.workflows.map((workflow) => workflow.name),
  })
  const isTrue = (sentence: Sentence) => checkFigures(sentence.text, sources).ok
  const paragraphs = said.paragraphs.map((paragraph) => paragraph.filter(isTrue)).filter((one) => one.length > 0)
  const restsOn = said.restsOn.filter((one) => checkFigures(one, sources).ok)
  const citations = citationsOf(report)
  const table = {
    findings: [],
    tables: said.tables,
    charts: [],
    citations: [],
    caveats: [],
    followUps: [],
  } satisfies Report
  return {
    week: monday,
    text: escapeWithin(
      textOfNarration({ lead: paragraphs[0] ?? [], body: paragraphs.slice(1), restsOn, derived: [] }),
      SLACK_LIMITS.messageText,
    ),
    findings,
    blocks: buildBlocks({ paragraphs, restsOn, report: table, citations, narratedBy: 'template' }),
    citations,
  }
}

function findingsOf(report: WeekReport, derived: readonly Finding[]): Finding[] {
  const named = (prefix: string, findings: readonly Finding[]) =>
    findings.map((one) => ({ ...one, id: `${prefix}.${one.id}` }))
  return [
    ...derived,
    ...named('all', report.spend.findings),
    ...named('all', report.unitCost.findings),
    ...report.workflows.flatMap(({ workflow, unitCost, change, corrections }) => [
      ...named(workflow.name, unitCost.findings),
      ...named(`${workflow.name}.change`, change?.findings ?? []),
      ...named(`${workflow.name}.corrections`, corrections?.findings ?? []),
    ]),
    ...named('all', report.spend.caveats),
  ]
}

function distinctIds(findings: readonly Finding[]): Finding[] {
  const seen = new Set<string>()
  return findings.filter(({ id }) => !seen.has(id) && seen.add(id))
}

function citationsOf(report: WeekReport): Citation[] {
  const all = report.workflows.flatMap(({ change, isWorthTelling }) =>
    isWorthTelling ? (change?.citations ?? []) : [],
  )
  const seen = new Set<string>()
  return all.filter(({ kind, id }) => !seen.has(`${kind}:${id}`) && seen.add(`${kind}:${id}`)).slice(0, MOST_CITATIONS)
}
