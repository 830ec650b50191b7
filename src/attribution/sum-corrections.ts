import type { CorrectionFact, WorkItemFact } from '../domain/facts.ts'
import type { MicroDollars } from '../domain/money.ts'
import { correctionCost, type Override } from '../domain/override.ts'
import { addKnown } from '../domain/usage.ts'
import { compareText } from './collapse-copies.ts'

/** Overrides in order of time, each with its cost: minutes × rate, null where either is unknown. */
export function toCorrections(overrides: readonly Override[], hourlyRateMicros: MicroDollars | null): CorrectionFact[] {
  return [...overrides]
    .sort((a, b) => a.occurredAt.getTime() - b.occurredAt.getTime() || compareText(a.id, b.id))
    .map((override) => ({
      id: override.id,
      occurredAt: override.occurredAt,
      minutes: override.minutes,
      costMicros: correctionCost(override.minutes, hourlyRateMicros),
      agentDecision: override.agentDecision,
      humanDecision: override.humanDecision,
      reason: override.reason,
      rule: override.rule,
      actor: override.actor,
      traceId: override.traceId,
    }))
}

type CorrectionSums = Pick<
  WorkItemFact,
  'corrections' | 'correctionsMicros' | 'unpricedCorrections' | 'correctionMinutes'
>

/** Without corrections the cost is a known 0; with corrections of which none can be priced it is unknown. */
export function sumCorrections(corrections: readonly CorrectionFact[]): CorrectionSums {
  const costs = corrections.map((correction) => correction.costMicros)
  return {
    corrections: corrections.length,
    correctionsMicros: corrections.length === 0 ? 0 : costs.reduce(addKnown, null),
    unpricedCorrections: costs.filter((cost) => cost === null).length,
    correctionMinutes: corrections.length === 0 ? 0 : corrections.map(({ minutes }) => minutes).reduce(addKnown, null),
  }
}
