import type { Finding, Unit } from '../../domain/finding.ts'
import { type MicroDollars, toDollars } from '../../domain/money.ts'
import type { Period } from '../../domain/period.ts'
import type { EconomicsParameters } from './parameters.ts'
import type { Interval } from './statistics/interval.ts'

export type FigureExtras = Partial<
  Pick<Finding, 'comparedWith' | 'segment' | 'model' | 'share' | 'n' | 'driver' | 'kind'>
> & { interval?: Interval | null; period?: Period }

export type FigureBuilder = (
  id: string,
  label: string,
  value: number | string | null,
  unit: Unit,
  extras?: FigureExtras,
) => Finding

/** Makes figures that share a period, the question's filters as segment, and the definition that they rest on. */
export function createFigures(parameters: EconomicsParameters, source: string): FigureBuilder {
  return (id, label, value, unit, extras = {}) => {
    const { interval, segment, ...rest } = extras
    const finding: Finding = { id, kind: 'figure', label, value, unit, period: parameters.period, source, ...rest }
    const whole = { ...parameters.filters, ...segment }
    // A part of a change always says where: nothing named is everywhere.
    const isPart = rest.kind === 'contribution' || rest.kind === 'cause'
    if (isPart || Object.keys(whole).length > 0) finding.segment = whole
    if (interval) finding.interval = interval
    return finding
  }
}

/** Dollars of whole micro-dollars; null stays null. */
export function usd(micros: MicroDollars | null): number | null {
  return micros === null ? null : toDollars(Math.round(micros))
}

/** An interval in micro-dollars as one in dollars. */
export function usdInterval(interval: Interval | null): Interval | null {
  return interval && { low: usd(interval.low)!, high: usd(interval.high)!, level: interval.level }
}

/** `home` of policyType becomes `policyType=home`: the part of a finding's id that names its group. */
export function groupId(dimension: string, value: string): string {
  return `${dimension}=${value}`
}

/** "claim" → "claims", "policy" → "policies", "box" → "boxes". */
export function plural(unit: string): string {
  if (/[^aeiou]y$/i.test(unit)) return `${unit.slice(0, -1)}ies`
  return /(?:s|x|z|ch|sh)$/i.test(unit) ? `${unit}es` : `${unit}s`
}
