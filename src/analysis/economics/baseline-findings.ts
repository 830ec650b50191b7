import type { Finding } from '../../domain/finding.ts'
import { fromDollars, type MicroDollars } from '../../domain/money.ts'
import { type Baseline, baselineCost } from '../../domain/workflow.ts'
import { createFigures, usd } from './build-findings.ts'
import { costPerResolved, type ItemTotals } from './item-totals.ts'
import { type EconomicsParameters, unitName } from './parameters.ts'

/** What a unit costs without the agent, in micro-dollars; null without a cost baseline. */
export function baselineMicros(baseline: Baseline | undefined): MicroDollars | null {
  const dollars = baselineCost(baseline)
  return dollars === null ? null : fromDollars(dollars)
}

/** What a resolved unit is worth: what it would cost without the agent, or the revenue it brings; null without a baseline. */
export function unitWorth(baseline: Baseline | undefined): MicroDollars | null {
  return baseline?.kind === 'revenue' ? fromDollars(baseline.valuePerUnit) : baselineMicros(baseline)
}

/** How a baseline is named in a sentence. */
export function baselineName(baseline: Baseline): string {
  if (baseline.kind === 'bpo') {
    const isMore = (baseline.reworkShare ?? 0) + (baseline.slaCostPerUnit ?? 0) > 0
    return isMore ? 'the outsourcer’s price, rework and service levels included' : 'the outsourcer’s price'
  }
  return baseline.kind === 'labour' ? 'people’s time at its hourly rate' : 'the revenue of a unit'
}

/** The baseline of one workflow beside its unit cost, and what a resolved item saves or brings. Empty without a baseline. */
export function baselineFindings(totals: ItemTotals, parameters: EconomicsParameters): Finding[] {
  const baseline = parameters.workflow?.baseline
  if (!baseline) return []
  const figure = createFigures(parameters, 'baseline: saving per item = baseline − cost per resolved item')
  const unit = unitName(parameters)
  const cost = costPerResolved(totals)
  const n = totals.items
  if (baseline.kind === 'revenue') {
    const value = fromDollars(baseline.valuePerUnit)
    return [
      figure('baseline', `Revenue of one ${unit}`, usd(value), 'usd'),
      figure('margin_per_item', `Margin per resolved ${unit}`, usd(cost === null ? null : value - cost), 'usd', { n }),
    ]
  }
  const micros = baselineMicros(baseline)!
  return [
    figure('baseline', `Cost of one ${unit} without the agent (${baselineName(baseline)})`, usd(micros), 'usd'),
    figure('saving_per_item', `Saving per resolved ${unit}`, usd(cost === null ? null : micros - cost), 'usd', { n }),
  ]
}
