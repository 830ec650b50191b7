import type { Finding } from '../../domain/finding.ts'
import { type MicroDollars, toDollars } from '../../domain/money.ts'
import { createFigures, type FigureBuilder, plural, usd } from '../economics/build-findings.ts'
import { type EconomicsParameters, unitName } from '../economics/parameters.ts'
import { formatSegment, type Segment } from '../why/segment.ts'
import type { Cause } from '../why/weigh-cause.ts'
import type { Explanation } from './compute-explanation.ts'
import { splitUnitCost } from './split-unit-cost.ts'

export const SPEND_SOURCE = 'explain_change: Shapley over items × attempts × calls × tokens × price, corrections beside'
const UNIT_SOURCE = 'explain_change: cost of the items closed in the period ÷ those resolved, split by driver'

/** Figures of the two periods, the parts of the change (which add up to it exactly), the causes and the verdict. */
export function explanationFindings(explanation: Explanation, parameters: EconomicsParameters): Finding[] {
  const isUnitCost = parameters.metric === 'cost_per_resolved'
  const figure = createFigures(parameters, isUnitCost ? UNIT_SOURCE : SPEND_SOURCE)
  return [
    figure('verdict', 'Verdict', explanation.verdict, 'none', { kind: 'verdict', comparedWith: parameters.comparison }),
    ...(isUnitCost
      ? unitCostFindings(explanation, parameters, figure)
      : spendFindings(explanation, parameters, figure)),
    ...causeFindings(explanation, parameters, figure, isUnitCost ? unitCauses(explanation) : explanation),
  ]
}

/** The causes and the total in which they are told: dollars of the whole, or of a resolved item. */
type ToldCauses = Pick<Explanation, 'causes' | 'unexplainedMicros' | 'totals'>

/** A cause of the whole cost as it weighs on a resolved item; of the whole where there is no ratio. */
function unitCauses(explanation: Explanation): ToldCauses {
  const { before, after, perMicro } = splitUnitCost(explanation)
  if (before === null || after === null || perMicro === 0) return explanation
  const change = after - before
  const causes = explanation.causes
    // What more items cost is paid for by what more of them resolve.
    .filter((cause) => cause.driver !== 'items')
    .map((cause) => {
      const micros = Math.round(cause.micros * perMicro)
      return { ...cause, micros, share: change === 0 ? null : micros / change }
    })
  const explained = causes.reduce((sum, cause) => sum + cause.micros, 0)
  return { causes, unexplainedMicros: change - explained, totals: { ...explanation.totals, afterMicros: after } }
}

/** Dollars of both periods and the parts of their change. */
export function spendFindings(
  explanation: Explanation,
  parameters: EconomicsParameters,
  figure: FigureBuilder,
): Finding[] {
  const { totals, drivers, windows } = explanation
  const { comparison } = parameters
  const units = plural(unitName(parameters))
  const parts: Part[] = drivers.contributions.map((part) => ({ ...part }))
  if (drivers.unpricedMicros !== 0) {
    parts.push({
      driver: 'price',
      segment: {},
      micros: drivers.unpricedMicros,
      suffix: 'calls that gained or lost a known price',
    })
  }
  return [
    figure('spend', 'Spend', usd(totals.afterMicros), 'usd', { n: totals.itemsAfter }),
    figure('spend.before', 'Spend, period before', usd(totals.beforeMicros), 'usd', {
      period: comparison,
      n: totals.itemsBefore,
    }),
    figure('spend.change', 'Change of spend', usd(totals.changeMicros), 'usd', { comparedWith: comparison }),
    figure('usual_periods', 'Periods of that length before it that are known', windows.length - 1, 'count'),
    figure('items', `${units} worked on`, totals.itemsAfter, 'items', { n: totals.itemsAfter }),
    figure('items.before', `${units} worked on, period before`, totals.itemsBefore, 'items', { period: comparison }),
    ...contributionFindings(parts, totals.changeMicros, parameters, figure),
  ]
}

function unitCostFindings(explanation: Explanation, parameters: EconomicsParameters, figure: FigureBuilder): Finding[] {
  const { comparison } = parameters
  const units = plural(unitName(parameters))
  const split = splitUnitCost(explanation)
  const counts = [
    figure('resolved_items', `${units} resolved`, split.resolvedAfter, 'items'),
    figure('resolved_items.before', `${units} resolved, period before`, split.resolvedBefore, 'items', {
      period: comparison,
    }),
  ]
  // With no resolved item there is no ratio: the parts are said, and nothing is divided by nothing.
  if (split.before === null || split.after === null)
    return [...spendFindings(explanation, parameters, figure), ...counts]
  const change = split.after - split.before
  return [
    figure('cost_per_resolved', 'Cost per resolved item', usd(split.after), 'usd', { n: split.resolvedAfter }),
    figure('cost_per_resolved.before', 'Cost per resolved item, period before', usd(split.before), 'usd', {
      period: comparison,
      n: split.resolvedBefore,
    }),
    figure('cost_per_resolved.change', 'Change of cost per resolved item', usd(change), 'usd', {
      comparedWith: comparison,
    }),
    ...counts,
    figure('usual_periods', 'Periods of that length before it that are known', explanation.windows.length - 1, 'count'),
    ...contributionFindings(split.parts, change, parameters, figure),
  ]
}

interface Part {
  driver: NonNullable<Finding['driver']>
  segment: Segment
  micros: MicroDollars
  model?: string
  suffix?: string
}

function contributionFindings(
  parts: readonly Part[],
  change: MicroDollars,
  { comparison }: EconomicsParameters,
  figure: FigureBuilder,
): Finding[] {
  return parts.map((part, index) => {
    const where = formatSegment(part.segment)
    const label = [part.driver, where, part.model, part.suffix].filter(Boolean).join(', ')
    return figure(`contribution.${index + 1}`, label, usd(part.micros), 'usd', {
      kind: 'contribution',
      driver: part.driver,
      segment: namedValues(part.segment),
      comparedWith: comparison,
      ...(part.model !== undefined && { model: part.model }),
      ...(change !== 0 && { share: part.micros / change }),
    })
  })
}

function causeFindings(
  explanation: Explanation,
  { comparison }: EconomicsParameters,
  figure: FigureBuilder,
  { causes, totals, unexplainedMicros }: ToldCauses,
): Finding[] {
  if (causes.length === 0) return []
  const explained = causes.reduce((sum, cause) => sum + cause.micros, 0)
  return [
    ...causes.map((cause, index) => causeFinding(cause, index, comparison, figure)),
    figure('unexplained', 'Change that no named cause explains', usd(unexplainedMicros), 'usd', {
      comparedWith: comparison,
    }),
    figure(
      'without_causes',
      'What the period would have cost without the named causes',
      toDollars(totals.afterMicros - explained),
      'usd',
    ),
    ...dateFindings(explanation, figure),
  ]
}

/** A value that is not given is left out: a segment of a finding names values only. */
export function namedValues(segment: Segment): Record<string, string> {
  return Object.fromEntries(Object.entries(segment).map(([name, value]) => [name, value ?? '(not given)']))
}

/** When the leading cause began, with the days between which it likely lies. */
export function dateFindings(
  { began, shiftDate }: Pick<Explanation, 'began' | 'shiftDate'>,
  figure: FigureBuilder,
): Finding[] {
  const kind = 'event' as const
  if (began === null) {
    return shiftDate === null ? [] : [figure('shift_date', 'First day on the new level', shiftDate, 'date', { kind })]
  }
  return [
    figure('shift_date', 'First day on the new level', began.date, 'date', { kind }),
    figure('shift_date.from', 'Earliest day that it may have begun', began.from, 'date', { kind }),
    figure('shift_date.to', 'Latest day that it may have begun', began.to, 'date', { kind }),
  ]
}

function causeFinding(
  cause: Cause,
  index: number,
  comparedWith: EconomicsParameters['comparison'],
  figure: FigureBuilder,
): Finding {
  // A dearer model is a price, and named as the model that it is: the segment says which work it was.
  const { model: ownModel, ...work } = cause.segment
  const isModel = cause.driver === 'price' && typeof ownModel === 'string'
  const model = cause.model ?? (isModel ? ownModel : undefined)
  return {
    ...figure(
      `cause.${index + 1}`,
      `${cause.driver}, ${formatSegment(cause.segment) || 'everywhere'}`,
      usd(cause.micros),
      'usd',
      {
        kind: 'cause',
        driver: cause.driver,
        segment: namedValues(isModel ? work : cause.segment),
        comparedWith,
        n: cause.n,
        ...(cause.share !== null && { share: cause.share }),
        ...(model !== undefined && { model }),
      },
    ),
    confidence: cause.confidence,
  }
}
