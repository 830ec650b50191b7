import type { z } from 'zod'
import type { ChangeEventInput } from '../domain/change-event.ts'
import type { OperatingMetricInput } from '../domain/operating-metric.ts'
import type { OutcomeInput } from '../domain/outcome.ts'
import type { OverrideInput } from '../domain/override.ts'
import type { TraceInput } from '../domain/trace.ts'

type TraceInputBody = z.input<typeof TraceInput>
type StepInputBody = NonNullable<TraceInputBody['steps']>[number]

/** Bodies of the public API as a sender writes them: the demo goes in by the same door as everybody's data. */
export type TraceBody = Omit<TraceInputBody, 'steps'> & { steps?: StepBody[] }
export type StepBody = Omit<StepInputBody, 'input' | 'output'> & { input?: string; output?: string }
export type DocumentBody = NonNullable<StepBody['documents']>[number]
export type DecisionBody = NonNullable<StepBody['decision']>
export type OutcomeBody = z.input<typeof OutcomeInput>
export type OverrideBody = z.input<typeof OverrideInput>
export type ChangeBody = z.input<typeof ChangeEventInput>
export type OperatingMetricBody = z.input<typeof OperatingMetricInput>

/** A run that has ended, as the demo's all have. */
export type EndedTrace = TraceBody & { traceId: string; endedAt: string }

/** What one week of one workflow sends. */
export interface Bodies {
  traces: EndedTrace[]
  outcomes: OutcomeBody[]
  overrides: OverrideBody[]
}

export function noBodies(): Bodies {
  return { traces: [], outcomes: [], overrides: [] }
}

/** Without what ends at or after `end`: what is still under way then has not happened yet. */
export function happenedBefore(bodies: Bodies, end: Date): Bodies {
  const before = (time: string): boolean => Date.parse(time) < end.getTime()
  return {
    traces: bodies.traces.filter((trace) => before(trace.endedAt)),
    outcomes: bodies.outcomes.filter((outcome) => before(outcome.occurredAt)),
    overrides: bodies.overrides.filter((override) => before(override.occurredAt)),
  }
}
