import { plural } from '../../analysis/economics/build-findings.ts'
import { isRateMetric } from '../../analysis/economics/compute-metric.ts'
import type { Finding, Report, Verdict } from '../../domain/finding.ts'
import { breakdownOf, findFigure, numberOf } from '../find-figure.ts'
import { formatDay, sayComparison } from '../format-dates.ts'
import { countOf } from '../format-number.ts'
import { type Narration, type NarrationInput, periodsOf, type Sentence, sentences } from '../narration.ts'
import { restsOn } from '../rests-on.ts'
import { movedNote, nothingThere, sayOne, sayScope, sayWhen } from '../say-subject.ts'
import { changeFigures } from './change-figures.ts'
import { narrateRate, premiseNote, usualNote } from './explain-rate.ts'
import { sayDifferences, sayNearby, sayPrecedents } from './near-the-change.ts'
import { sayCauses } from './say-causes.ts'
import { sayBreakdown } from './spend.ts'

/**
 * Why something changed: the verdict and the dollars first, then the causes with what is left of the change by driver
 * (the parts add up to it as displayed), then what happened near it, what differs step by step, and what people decided.
 */
export function narrateExplainChange(asked: NarrationInput): Narration {
  const input = inClosedDays(asked)
  const verdict = verdictOf(input.report)
  const { metric } = input.plan
  if (verdict && metric && isRateMetric(metric) && findFigure(input.report, metric)) {
    return narrateRate(input, metric, verdict)
  }
  const figures = changeFigures(input.report, metric ?? 'spend')
  if (!verdict || (!numberOf(figures.now) && !numberOf(figures.before))) return nothingThere(input)
  const n = figures.now?.n ?? null
  const body: Sentence[][] = []
  const derived: Finding[] = []
  const isTold = verdict === 'cause_found' || verdict === 'broad'
  if (isTold) {
    const causes = sayCauses(input, figures)
    body.push(...causes.paragraphs)
    derived.push(...causes.derived)
  }
  const { groupBy } = input.plan
  const split = groupBy
    ? breakdownOf(input.report, figures.now?.id ?? 'spend').filter((one) => one.segment?.[groupBy])
    : []
  if (split.length > 1) body.push(sentences(sayBreakdown(split)))
  if (isTold) body.push(sayNearby(input), sayDifferences(input), sayPrecedents(input))
  return {
    lead: [...leadOf(input, verdict, figures), ...sentences(movedNote(input))],
    body: body.filter((paragraph) => paragraph.length > 0),
    restsOn: restsOn(input, n),
    derived,
  }
}

export function verdictOf(report: Report): Verdict | null {
  const finding = report.findings.find((one) => one.kind === 'verdict')
  return (finding?.value as Verdict | undefined) ?? null
}

/** The plan with the periods that were compared: of what was asked, the days that had ended. */
function inClosedDays(input: NarrationInput): NarrationInput {
  const verdict = input.report.findings.find((one) => one.kind === 'verdict')
  if (!verdict?.comparedWith) return input
  return { ...input, plan: { ...input.plan, period: verdict.period, comparison: verdict.comparedWith } }
}

function leadOf(input: NarrationInput, verdict: Verdict, figures: ReturnType<typeof changeFigures>): Sentence[] {
  const when = sayWhen(input)
  const { period, comparison } = periodsOf(input)
  const compared = period && comparison ? sayComparison(comparison, period, input.today) : 'before'
  const isUnitCost = figures.now?.id === 'cost_per_resolved'
  const cost = isUnitCost ? `cost of a resolved ${sayOne(input)}` : `cost of ${sayScope(input)}`
  const against = `${figures.sayNow()} against ${figures.sayBefore()} ${compared}${sizeOf(input, figures)}`
  const isSame = figures.sayNow() === figures.sayBefore()
  const premise = premiseNote(
    input.premise ?? null,
    numberOf(figures.now),
    numberOf(figures.before),
    isSame,
    verdict === 'within_normal_variation',
  )
  if (verdict === 'within_normal_variation') {
    return sentences(
      premise,
      `The ${cost} did not change beyond its usual swing ${when}: ${against}.`,
      usualNote(input.report),
      'I would look again after two more weeks.',
    )
  }
  if (verdict === 'not_enough_data') {
    return sentences(
      `There is not enough to say why the ${cost} changed ${when}: ${against}.`,
      'With so few, chance alone moves it by as much; ask for a longer period.',
    )
  }
  const moved = figures.sayChange()
  const subject = isUnitCost ? `a resolved ${sayOne(input)}` : sayScope(input)
  const text = `${upperFirst(subject)} cost ${figures.sayNow()} ${when}, ${moved ? `${moved} than` : 'as'} ${compared}.`
  if (verdict === 'data_incomplete') return sentences(text, incompleteNote(input))
  const broad = 'It moved everywhere: no segment, model or prompt explains it.'
  return sentences(premise, text, verdict === 'broad' && broad)
}

/** What is missing, and what to ask in its place. */
function incompleteNote({ report, today }: NarrationInput): string {
  const begins = report.caveats.find((one) => one.id === 'caveat.data_begins')?.value
  return typeof begins === 'string'
    ? `Docket knows nothing of the time before ${formatDay(begins, today)}, so the two are not the same length of work and no cause is named; ask about weeks after that.`
    : 'Too much of this period has no known price, so no cause is named yet; the figures will still move.'
}

function sizeOf({ unit }: NarrationInput, { now }: ReturnType<typeof changeFigures>): string {
  return now?.n === undefined ? '' : ` (${countOf(now.n, unit, plural(unit))})`
}

function upperFirst(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}
