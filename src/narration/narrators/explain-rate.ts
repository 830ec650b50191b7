import { plural } from '../../analysis/economics/build-findings.ts'
import type { Report, Verdict } from '../../domain/finding.ts'
import type { Metric } from '../../domain/plan.ts'
import { findFigure, numberAt, numberOf } from '../find-figure.ts'
import { sayComparison } from '../format-dates.ts'
import { formatDollars } from '../format-money.ts'
import { countOf, formatCount, formatShare, formatValue } from '../format-number.ts'
import { METRIC_NAMES } from '../metric-names.ts'
import { type Narration, type NarrationInput, periodsOf, type Sentence, sentences } from '../narration.ts'
import { restsOn } from '../rests-on.ts'
import { saySegment } from '../say-segment.ts'
import { movedNote, nothingThere, sayScope, sayWhen } from '../say-subject.ts'
import { sayDifferences, sayNearby, sayPrecedents } from './near-the-change.ts'

const FEWEST_PERIODS = 3

/** Why a rate moved: how far, in which segment, and what it cost; or that it did not, or that too little is known. */
export function narrateRate(input: NarrationInput, metric: Metric, verdict: Verdict): Narration {
  const figure = findFigure(input.report, metric)
  const before = findFigure(input.report, `${metric}.before`)
  const [now, old] = [numberOf(figure), numberOf(before)]
  if (!figure || (now === null && old === null)) return nothingThere(input)
  const say = (value: number | null) => formatValue(value, figure.unit)
  const { period, comparison } = periodsOf(input)
  const compared = period && comparison ? sayComparison(comparison, period, input.today) : 'before'
  const n = figure.n === undefined ? '' : ` (n ${formatCount(figure.n)})`
  const name = `The ${METRIC_NAMES[metric]} of ${sayScope(input)}`
  const when = sayWhen(input)
  const against = `${say(now)} against ${say(old)} ${compared}${n}`
  const isSame = say(now) === say(old)
  const moved =
    now === null || old === null || isSame
      ? `${name} was ${against} ${when}.`
      : `${name} ${now > old ? 'rose' : 'fell'} from ${say(old)} ${compared} to ${say(now)} ${when}${n}.`
  const isUsual = verdict === 'within_normal_variation'
  const premise = premiseNote(input.premise ?? null, now, old, isSame, isUsual)
  const lead: Record<Verdict, Sentence[]> = {
    cause_found: sentences(premise, moved),
    broad: sentences(premise, moved, 'It moved everywhere: no segment, model or prompt stands out.'),
    within_normal_variation: sentences(
      premise,
      `${name} did not change beyond its usual swing ${when}: ${against}.`,
      usualNote(input.report),
    ),
    not_enough_data: sentences(
      `There is not enough to say why ${lowerFirst(name)} changed ${when}: ${against}.`,
      'With so few, chance alone moves it by as much; ask for a longer period.',
    ),
    data_incomplete: sentences(
      moved,
      'Of the time compared with only a part is known, so no cause is named; ask for weeks that Docket has whole.',
    ),
  }
  const isTold = verdict === 'cause_found' || verdict === 'broad'
  const body = isTold ? [sayCause(input, say), sayNearby(input), sayDifferences(input), sayPrecedents(input)] : []
  const items = numberAt(input.report, 'items')
  return {
    lead: [...lead[verdict], ...sentences(movedNote(input))],
    body: body.filter((paragraph) => paragraph.length > 0),
    restsOn: restsOn(input, metric === 'tokens_per_call' ? items : (figure.n ?? items)),
    derived: [],
  }
}

function sayCause(input: NarrationInput, say: (value: number | null) => string): Sentence[] {
  const { report, unit } = input
  const cause = report.findings.find((one) => one.kind === 'cause')
  const [after, before] = [numberAt(report, 'segment'), numberAt(report, 'segment.before')]
  if (!cause || after === null || before === null) return []
  const [others, othersBefore] = [numberAt(report, 'others'), numberAt(report, 'others.before')]
  const share = cause.share === undefined || cause.share >= 0.95 ? 'All of it' : `${formatShare(cause.share)} of it`
  const where = `${plural(unit)} of ${saySegment(cause.segment)}`.replace(/ of (?=with)/, ' ')
  const rest =
    say(others) === say(othersBefore)
      ? `all others stayed at ${say(others)}`
      : `all others moved from ${say(othersBefore)} to ${say(others)}`
  const dollars =
    cause.unit === 'usd' && numberOf(cause) !== null
      ? `That alone ${numberOf(cause)! < 0 ? 'saved' : 'cost'} ${formatDollars(Math.abs(numberOf(cause)!))}.`
      : null
  return [
    {
      text: `${share} is ${where} (${countOf(cause.n ?? 0, unit, plural(unit))}): from ${say(before)} to ${say(after)}, while ${rest}.`,
      strong: true,
    },
    ...sentences(dollars),
  ]
}

/** Few periods to compare with tell nothing of a usual swing: then that is said. */
export function usualNote(report: Report): string {
  const known = numberAt(report, 'usual_periods')
  return known !== null && known < FEWEST_PERIODS
    ? `Docket knows ${countOf(known, 'such period', 'such periods')} before it, too few to tell a cause from the usual swing unless it is plain; none is.`
    : 'Periods of this work differ by about that much without any cause; no segment, model or prompt stands out.'
}

/** Where the question takes for granted what is not so. */
export function premiseNote(
  premise: 'rise' | 'fall' | null,
  now: number | null,
  old: number | null,
  isSame: boolean,
  isUsual: boolean,
): string | null {
  if (premise === null || now === null || old === null || isSame) return null
  if (premise === 'rise' && now < old) return isUsual ? 'It did not rise.' : 'It did not rise, it fell.'
  if (premise === 'fall' && now > old) return isUsual ? 'It did not fall.' : 'It did not fall, it rose.'
  return null
}

function lowerFirst(text: string): string {
  return text.charAt(0).toLowerCase() + text.slice(1)
}
